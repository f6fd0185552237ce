import Foundation
import OAuthDialects
import Testing

/// A lifecycle scenario as it stands in `Scenarios/`: what is given, what happens, what is expected.
///
/// Tokens are numbered by the token requests; the provider gives an hour and a refresh token if nothing else is said.
struct LifecycleScenario: Decodable, Sendable, CustomTestStringConvertible {
    struct Given: Decodable {
        /// `client` or `user`.
        let identity: String
        var dialect: String?
        var scopes: [String]?
        /// In seconds.
        var lifetime: Int?
    }

    /// One thing that happens, or one look at the session.
    struct Step: Decodable {
        /// Steps that follow each other so many times.
        var times: Int?
        var steps: [Step]?

        /// Whose session the step is about; "ann" if nothing is said.
        ///
        /// The sessions of one scenario share the store.
        var who: String?
        /// A new process, with the scopes and the dialect that are said.
        var restart: Bool?
        var scopes: [String]?
        var dialect: String?

        var passes: Double?
        var settles: Bool?
        var provider: String?
        var api: String?
        var store: String?
        var rejected: String?
        var signIn: String?
        var signsOut: Bool?

        /// A caller asks; the token it gets, or the code of its error, and how many seconds it waits at most.
        var call: String?
        var within: Double?
        /// A request to the API; the status it gets, or the code of its error, and what the error says.
        var get: String?
        var refusal: String?
        var delivery: String?
        /// A request whose operation reads the body for errors; what it returns.
        var graphQL: String?

        /// `none` says that there must be none.
        var inHand: String?
        var standing: String?
        var needsSignIn: Bool?
        var stored: String?
        var unsaved: Bool?
        /// How many events of each name this process has sent.
        var events: [String: Int]?
    }

    struct Expected: Decodable {
        /// The grant types of all token requests, or how many there are at most.
        var exchanges: [String]?
        var exchangesAtMost: Int?
        /// The refresh tokens that were presented.
        var presented: [String]?
        let standing: String
    }

    let title: String
    let given: Given
    let steps: [Step]
    let expected: Expected

    var testDescription: String { title }

    static let all: [LifecycleScenario] = {
        let folder = Bundle.module.resourceURL!.appending(path: "Scenarios")
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".json") }.sorted().map { name in
            do {
                return try JSONDecoder().decode(Self.self, from: Data(contentsOf: folder.appending(path: name)))
            } catch {
                return Self(
                    title: "\(name): \(error)",
                    given: Given(identity: "unreadable"),
                    steps: [],
                    expected: Expected(standing: "")
                )
            }
        }
    }()
}
