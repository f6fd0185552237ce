import Foundation
import OAuthDialects

/// Acme Pay: RFC 6749 with JSON bodies, and an error code of its own for a dead refresh token.
struct AcmeDialect: ProviderDialect {
    let name = "acme"
    let conventions = WireConventions(bodyEncoding: .json, clientAuthentication: .basic, refreshTokenRotation: .rotates)
    let apiOrigins: APIOrigins = ["api.acme.example"]

    func tokenEndpoint(for grant: Grant) -> URL? {
        URL(string: "https://auth.acme.example/oauth/token")
    }

    func remedy(for refusal: Refusal, of exchange: TokenExchange) -> Remedy {
        refusal.code == "refresh_expired" ? .discardGrant : .standard(for: refusal, of: exchange)
    }
}

extension ProviderDialect where Self == AcmeDialect {
    static var acme: Self { AcmeDialect() }
}
