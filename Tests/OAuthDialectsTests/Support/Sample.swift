import Foundation
import OAuthDialects
import Testing

/// Values that many tests need, with secrets that are easy to find in a text.
enum Sample {
    static let date = Date(timeIntervalSince1970: 1_700_000_000)
    static let clientSecret = "client-secret-canary"
    static let refreshToken = "refresh-token-canary"

    static func exchange(
        _ grant: Grant = .clientCredentials(),
        id: String = "client",
        secret: String = clientSecret
    ) -> TokenExchange {
        TokenExchange(grant: grant, credentials: ClientCredentials(id: id, secret: secret), date: date)
    }

    static func refresh(scopes: [String] = []) throws -> Grant {
        .refreshToken(try RefreshToken(refreshToken), scopes: scopes)
    }

    static let code = Grant.authorizationCode("code-canary", redirectURI: "https://app.example/back", codeVerifier: nil)

    static func url(_ text: String) throws -> URL {
        try #require(URL(string: text), "\(text) is no URL")
    }

    static func standard(_ conventions: WireConventions = WireConventions()) -> StandardDialect {
        StandardDialect(
            name: "acme",
            tokenEndpoint: URL(string: "https://login.acme.example/token")!,
            apiHosts: ["api.acme.example"],
            conventions: conventions
        )
    }

    static func answer(_ body: String, status: Int = 200, headers: WireHeaders = [:]) -> WireResponse {
        WireResponse(status: status, headers: headers, body: Data(body.utf8))
    }

    /// The tokens of an answer as RFC 6749 has it.
    static func tokens(_ body: String) throws -> TokenSet {
        try WireConventions().tokens(in: answer(body))
    }

    /// The lifetime of an answer whose `expires_in` is the given JSON text.
    static func lifetime(_ json: String) throws -> Duration? {
        try tokens(#"{"access_token":"t","expires_in":\#(json)}"#).lifetime
    }
}

extension WireConventions {
    /// The tokens of an answer to a client.
    func tokens(in response: WireResponse) throws -> TokenSet {
        try tokens(in: response, for: Sample.exchange())
    }
}

/// A dialect of the package under a name that a test's argument can show.
struct NamedDialect: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let dialect: any ProviderDialect

    init(_ name: String, _ dialect: any ProviderDialect) {
        testDescription = name
        self.dialect = dialect
    }

    static let weTix = Self("WeTix", .weTix(.production))
    static let revenueMonster = Self("Revenue Monster", .revenueMonster(.production))
    static let tiki = Self("Tiki, Basic", .tiki(.production))
    static let tikiBody = Self("Tiki, body", .tiki(.production, authentication: .body))
    static let providers = [weTix, revenueMonster, tiki, tikiBody]
    static let all = providers + [Self("RFC 6749", Sample.standard())]
}

extension WireRequest {
    /// The body's fields, read back from its bytes.
    func decodedForm() throws -> [(String, String)] {
        let bytes = try #require(body?.data)
        return String(decoding: bytes, as: UTF8.self).split(separator: "&").map { pair in
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { half in
                half.replacingOccurrences(of: "+", with: " ").removingPercentEncoding ?? "undecodable"
            }
            return (halves[0], halves.count > 1 ? halves[1] : "")
        }
    }

    func decodedJSON() throws -> [String: String] {
        let bytes = try #require(body?.data)
        return try #require(JSONSerialization.jsonObject(with: bytes) as? [String: String])
    }

    /// The fields by name, whichever way the body is encoded.
    func decodedFields() throws -> [String: String] {
        if headers["Content-Type"] == "application/json" { return try decodedJSON() }
        return Dictionary(try decodedForm()) { first, _ in first }
    }

    /// Every header but the two that every request of the package has.
    var particularHeaders: [String: String] {
        let common = ["Accept", "User-Agent"]
        return Dictionary(headers.fields.filter { !common.contains($0.name) }.map { ($0.name, $0.value) }) { $0 + $1 }
    }

    /// The decoded value of a Basic `Authorization`.
    func decodedBasic() throws -> String {
        let value = try #require(headers["Authorization"])
        #expect(value.hasPrefix("Basic "))
        return String(decoding: try #require(Data(base64Encoded: String(value.dropFirst(6)))), as: UTF8.self)
    }
}

/// The error that a closure throws, if it is one of ours.
func tokenError(_ body: () throws -> some Any) -> TokenError? {
    do {
        _ = try body()
        return nil
    } catch {
        return error as? TokenError
    }
}
