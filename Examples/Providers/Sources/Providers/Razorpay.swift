public import Foundation
public import OAuthDialects

/// Razorpay for technology partners: JSON, a `mode`, and refusals that their words alone tell apart.
///
/// Razorpay wants several scopes as a list (`scope[]=…`), so the identity names one.
///
/// Sources: https://razorpay.com/docs/partners/technology-partners/onboard-businesses/integrate-oauth/integration-steps, and
/// https://github.com/razorpay/markdown-docs (`integrate-oauth/errors.md`, `integrate-oauth/revoke-access.md`).
/// Unverified: the code and the status of a refusal.
public struct RazorpayDialect: ProviderDialect {
    public let name = "razorpay"
    public let apiOrigins: APIOrigins = ["api.razorpay.com"]
    public let authorizationEndpoint = URL(string: "https://auth.razorpay.com/authorize")
    public let revocationEndpoint = URL(string: "https://auth.razorpay.com/revoke")
    private let isTest: Bool
    public let conventions = WireConventions {
        $0.request.bodyEncoding = .json
        $0.request.clientAuthentication = .body
        $0.answer.extras = ["public_token", "razorpay_account_id"]
        $0.pkce = .unsupported
        $0.refreshTokenRotation = .rotates
    }

    /// Creates the dialect.
    ///
    /// - Parameter isTest: whether a code yields a token for test mode.
    public init(isTest: Bool = false) { self.isTest = isTest }

    public func tokenEndpoint(for grant: Grant) -> URL? {
        ["authorization_code", "refresh_token"].contains(grant.type)
            ? URL(string: "https://auth.razorpay.com/token") : nil
    }

    public func request(for exchange: TokenExchange) throws -> WireRequest {
        var own = conventions
        if exchange.grant.type == "authorization_code" {
            own.request.added = [WireField("mode", isTest ? "test" : "live")]
        }
        return try own.request(for: exchange, at: self)
    }

    public func remedy(for refusal: Refusal, of exchange: TokenExchange) -> Remedy {
        let words = refusal.status < 500 ? refusal.message ?? "" : ""
        if Self.dead.contains(where: words.contains) { return .discardGrant }
        if Self.client.contains(where: words.contains) {
            return .fixConfiguration(hint: "Check the client's id, its secret, its mode, and the redirect URI.")
        }
        return .standard(for: refusal, of: exchange)
    }

    private static let dead = [
        "Cannot decrypt the", "is not linked to client", "has been revoked", "has expired", "was not issued",
    ]
    private static let client = [
        "Check the `client_", "Invalid Client", "Access denied", "Client authentication failed", "Invalid redirect",
    ]
}
