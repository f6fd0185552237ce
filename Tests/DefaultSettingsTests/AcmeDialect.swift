import Foundation
import OAuthDialects

/// Acme Pay: RFC 6749 with JSON bodies, and an error code of its own for a dead refresh token.
struct AcmeDialect: ProviderDialect {
    let name = "acme"
    let conventions = WireConventions {
        $0.request.bodyEncoding = .json
        $0.request.clientAuthentication = .basic
        $0.refreshTokenRotation = .rotates
        $0.refusal.remedies = ["refresh_expired": .discardGrant]
    }
    let apiOrigins: APIOrigins = ["api.acme.example"]

    func tokenEndpoint(for grant: Grant) -> URL? {
        URL(string: "https://auth.acme.example/oauth/token")
    }
}

extension ProviderDialect where Self == AcmeDialect {
    static var acme: Self { AcmeDialect() }
}
