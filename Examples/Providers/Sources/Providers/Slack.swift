public import Foundation
public import OAuthDialects

/// Slack: commas between scopes, refusals at status 200, and tokens of the types `bot` and `user`.
///
/// Sources: https://docs.slack.dev/reference/methods/oauth.v2.access, https://docs.slack.dev/authentication/using-token-rotation,
/// https://docs.slack.dev/authentication/installing-with-oauth.
/// Unverified: that the token endpoint refuses at status 200; the pages only say to look at `ok`.
public struct SlackDialect: ProviderDialect {
    /// Whose token is read from an answer that may hold two.
    public enum Token: Sendable {
        /// The bot's, at the top of the answer.
        case bot

        /// The user's, in `authed_user`.
        case user
    }

    public let name = "slack"
    public let apiOrigins: APIOrigins = ["slack.com"]
    public let authorizationEndpoint = URL(string: "https://slack.com/oauth/v2/authorize")
    public let conventions: WireConventions

    /// Creates the dialect.
    public init(_ token: Token = .bot) {
        conventions = WireConventions {
            $0.request.clientAuthentication = .body
            if token == .user {
                $0.request.names = [.scope: "user_scope"]
                $0.answer.containers = ["authed_user"]
            }
            $0.answer.tokenTypes = ["bot", "user"]
            $0.answer.extras = ["team.id", "enterprise.id", "app_id", "bot_user_id", "authed_user.id"]
            $0.refusal.success = .init("ok", true)
            let client = Remedy.fixConfiguration(hint: "Check the app's client id and secret, and its settings.")
            $0.refusal.remedies = [
                "invalid_code": .discardGrant, "invalid_refresh_token": .discardGrant, "token_revoked": .discardGrant,
                "token_expired": .discardGrant, "account_inactive": .discardGrant,
                "invalid_code_verifier": .discardGrant,
                "invalid_client_id": client, "bad_client_secret": client, "bad_redirect_uri": client,
                "ratelimited": .retryLater, "service_unavailable": .retryLater, "fatal_error": .retryLater,
                "request_timeout": .retryLater,
            ]
            $0.refusal.rejections = [
                "invalid_auth", "not_authed", "token_expired", "token_revoked", "account_inactive",
            ]
            $0.scopeSeparator = ","
            // An app that uses PKCE has no secret.
            $0.pkce = .unsupported
            $0.refreshTokenRotation = .rotates
        }
    }

    public func tokenEndpoint(for grant: Grant) -> URL? {
        ["authorization_code", "refresh_token"].contains(grant.type)
            ? URL(string: "https://slack.com/api/oauth.v2.access") : nil
    }
}
