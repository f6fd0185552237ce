import Foundation
import OAuthDialects
import Testing

/// A lifecycle scenario as it stands in `Scenarios/`: what is given, what happens, what is expected.
///
/// Tokens are numbered by the exchanges; the provider gives an hour and a refresh token.
struct LifecycleScenario: Decodable, Sendable, CustomTestStringConvertible {
    struct Given: Decodable {
        /// `client` or `user`.
        let identity: String
    }

    /// One thing that happens, or one look at the session.
    struct Step: Decodable {
        /// A caller asks; the token it gets, or the code of its error, and how many seconds it waits at most.
        var call: String?
        var within: Double?

        var passes: Double?
        var settles: Bool?
        var provider: String?
        var store: String?
        var rejected: String?
        var signIn: String?
        var signsOut: Bool?
        var restart: Bool?

        var inHand: String??
        var standing: String?
        var stored: String?
        var unsaved: Bool?

        private enum CodingKeys: String, CodingKey {
            case call, within, passes, settles, provider, store, rejected, signIn, signsOut, restart
            case inHand, standing, stored, unsaved
        }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            call = try values.decodeIfPresent(String.self, forKey: .call)
            within = try values.decodeIfPresent(Double.self, forKey: .within)
            passes = try values.decodeIfPresent(Double.self, forKey: .passes)
            settles = try values.decodeIfPresent(Bool.self, forKey: .settles)
            provider = try values.decodeIfPresent(String.self, forKey: .provider)
            store = try values.decodeIfPresent(String.self, forKey: .store)
            rejected = try values.decodeIfPresent(String.self, forKey: .rejected)
            signIn = try values.decodeIfPresent(String.self, forKey: .signIn)
            signsOut = try values.decodeIfPresent(Bool.self, forKey: .signsOut)
            restart = try values.decodeIfPresent(Bool.self, forKey: .restart)
            // `null` says that there must be none.
            inHand = values.contains(.inHand) ? .some(try values.decode(String?.self, forKey: .inHand)) : nil
            standing = try values.decodeIfPresent(String.self, forKey: .standing)
            stored = try values.decodeIfPresent(String.self, forKey: .stored)
            unsaved = try values.decodeIfPresent(Bool.self, forKey: .unsaved)
        }
    }

    struct Expected: Decodable {
        /// The grant types of all requests, and the refresh tokens that were presented.
        let exchanges: [String]
        let presented: [String]?
        let standing: String
    }

    let title: String
    let given: Given
    let steps: [Step]
    let expected: Expected

    var testDescription: String { title }

    static let all: [LifecycleScenario] = {
        let folder = Bundle.module.resourceURL!.appending(path: "Scenarios")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".json") }.sorted().map { name in
            do {
                return try JSONDecoder().decode(Self.self, from: Data(contentsOf: folder.appending(path: name)))
            } catch {
                return Self(
                    title: "\(name): \(error)",
                    given: .init(identity: "unreadable"),
                    steps: [],
                    expected: .none
                )
            }
        }
    }()
}

extension LifecycleScenario.Expected {
    static let none = Self(exchanges: [], presented: nil, standing: "")
}
