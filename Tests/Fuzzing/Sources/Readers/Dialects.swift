import Foundation
import OAuthDialects

/// The shipped dialects, and one for each convention that they leave out.
enum Dialects {
    static let all: [any ProviderDialect] = [
        .weTix(.sandbox), .revenueMonster(.sandbox), .tiki(.production), .tiki(.production, authentication: .body),
        .standard(
            name: "camel",
            tokenEndpoint: URL(string: "https://auth.example/token")!,
            apiHosts: ["api.example"],
            conventions: WireConventions {
                $0.request.fieldNaming = .camelCase
                $0.request.clientAuthentication = .body
                $0.scopeSeparator = ","
                $0.refreshTokenRotation = .reusable
            }
        ),
    ]

    static let clientSecret = "client-secret-1f0c"
    static let credentials = ClientCredentials(id: "client", secret: clientSecret)
    static let refreshToken = "refresh-token-77ab"
    static let code = "code-5a1e"

    /// The application itself, and somebody who has signed in.
    static let identities: [Identity] = [.client()] + [try? Account("somebody")].compactMap(\.self).map { .user($0) }

    static func exchanges() throws -> [TokenExchange] {
        let grants: [Grant] = [
            .clientCredentials(scopes: ["read"]), .refreshToken(try RefreshToken(refreshToken)),
            .authorizationCode(Secret(code), redirectURI: "https://app.example/callback", codeVerifier: nil),
        ]
        return grants.map { TokenExchange(grant: $0, credentials: credentials, date: date) }
    }

    /// 1 January 2026, which every input is read at.
    static let date = Date(timeIntervalSince1970: 1_767_225_600)
}
