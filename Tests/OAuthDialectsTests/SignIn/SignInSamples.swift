import Foundation
import OAuthDialects
import Testing

/// What tests of signing in share.
enum SignInSample {
    static let client = ClientCredentials(id: "client id+1", secret: "s3cret")
    static let back = "https://app.example/callback/tiki"

    static func account(_ name: String = "merchant-42") throws -> Account {
        try Account(name)
    }

    static func attempt(
        _ dialect: any ProviderDialect = .tiki(.production),
        redirectURI: String = back,
        scopes: [String] = ["order", "product"],
        at date: Date = Sample.date
    ) throws -> SignInAttempt {
        try dialect.authorizationRequest(
            for: account(),
            by: client,
            redirectURI: redirectURI,
            scopes: scopes,
            at: date
        )
    }

    /// A callback to an attempt, as a provider makes it, with its own state unless told.
    static func callback(_ attempt: SignInAttempt, _ query: String = "code=abc", state: String? = nil) throws -> URL {
        let joint = attempt.redirectURI.contains("?") ? "&" : "?"
        return try Sample.url("\(attempt.redirectURI)\(joint)\(query)&state=\(state ?? attempt.state.revealed)")
    }
}

extension URL {
    /// The parameters by Foundation's own reader.
    var parameters: [String: String] {
        let items = URLComponents(url: self, resolvingAgainstBaseURL: true)?.queryItems ?? []
        return Dictionary(items.map { ($0.name, $0.value ?? "") }) { "\($0) and \($1)" }
    }
}
