public import Foundation
public import OAuthDialects

/// Clover: JSON without `grant_type`, dates of expiry, and a refresh without the secret.
///
/// Sources: https://docs.clover.com/dev/docs/high-trust-app-auth-flow, https://docs.clover.com/dev/docs/refresh-access-tokens.
/// The sandbox is left out.
/// Unverified: every refusal of the token endpoints, read as RFC 6749 has it. Clover answers 401 to missing permissions too.
public struct CloverDialect: ProviderDialect {
    /// Which of Clover's servers is meant.
    public enum Region: String, Sendable {
        /// North America.
        case northAmerica = ""
        /// Europe.
        case europe = "eu."
        /// Latin America.
        case latinAmerica = "la."
    }

    public let name = "clover"
    public let apiOrigins: APIOrigins
    public let authorizationEndpoint: URL?
    private let root: String
    public let conventions = WireConventions {
        $0.request.bodyEncoding = .json
        $0.request.clientAuthentication = .body
        $0.request.omitted = [.grantType, .redirectURI]
        $0.answer.names = [
            .expiresAt: "access_token_expiration", .refreshTokenExpiresAt: "refresh_token_expiration",
        ]
        $0.pkce = .unsupported
        $0.refreshTokenRotation = .rotates
    }

    /// Creates the dialect.
    public init(_ region: Region = .northAmerica) {
        root = "https://api.\(region.rawValue)clover.com/oauth/v2"
        apiOrigins = APIOrigins(["api.\(region.rawValue)clover.com"])
        authorizationEndpoint = URL(string: "https://www.\(region.rawValue)clover.com/oauth/v2/authorize")
    }

    public func tokenEndpoint(for grant: Grant) -> URL? {
        switch grant {
        case .authorizationCode: URL(string: root + "/token")
        case .refreshToken: URL(string: root + "/refresh")
        case .clientCredentials, .other: nil
        }
    }

    public func request(for exchange: TokenExchange) throws -> WireRequest {
        var own = conventions
        if exchange.grant.type == "refresh_token" { own.request.clientAuthentication = .publicClient }
        return try own.request(for: exchange, at: self)
    }
}
