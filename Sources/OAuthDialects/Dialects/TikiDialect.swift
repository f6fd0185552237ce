public import Foundation

/// Tiki Open Platform: form-urlencoded, no refresh token for client credentials, and the habits of ORY Hydra.
///
/// Source: Tiki's pages *Client credentials* and *Token endpoint auth method*; the error habits are those of ORY Hydra's
/// releases, of which Tiki's answers bear every mark.
public struct TikiDialect: ShippedDialect {
    /// Which server is meant; Tiki documents no sandbox today.
    public struct Environment: Sendable {
        let root: ServerRoot

        /// `api.tiki.vn`, for tokens and for the API.
        public static let production = Self(root: ServerRoot("https://api.tiki.vn"))

        /// A server's root, to which `sc/oauth2/token` and `sc/oauth2/auth` are appended; its origin joins the API origins.
        public static func custom(_ url: URL) -> Self {
            Self(root: ServerRoot(custom: url))
        }
    }

    /// How an app is registered to authenticate: one way works and the other fails.
    public enum Authentication: Sendable {
        /// `client_secret_basic`: Basic, each half form-encoded first, because Hydra decodes them.
        case basic

        /// `client_secret_post`: id and secret in the body.
        case body
    }

    private let authentication: Authentication
    package let facts: ProviderFacts

    /// Makes the dialect; `apiHosts` are joined to the environment's API origins.
    package init(_ environment: Environment, authentication: Authentication = .basic, apiHosts: [String] = []) {
        self.authentication = authentication
        facts = ProviderFacts(
            name: "tiki",
            conventions: WireConventions {
                $0.request.clientAuthentication = authentication == .basic ? .basicFormEncoded : .body
                // Tiki's tables name it for codes and refresh tokens even where the header authenticates.
                $0.request.repeatsClientID = true
                $0.refreshTokenRotation = .rotates
                $0.offlineScope = "offline"
            },
            apiOrigins: environment.root.apiOrigins(
                environment.root.isCustom ? [] : ["api.tiki.vn"],
                adding: apiHosts
            ),
            tokenEndpoint: environment.root.endpoint("sc/oauth2/token"),
            authorizationEndpoint: environment.root.endpoint("sc/oauth2/auth")
        )
    }

    public func remedy(for refusal: Refusal, of exchange: TokenExchange) -> Remedy {
        if StandardRemedy.isTransient(refusal) { return .retryLater }
        let words = refusal.message?.lowercased() ?? ""
        switch refusal.foldedCode {
        case "tokeninactive":
            // Hydra 1.10 to 2.2, of a refresh token that was used before.
            return .discardGrant
        case "invalidrequest" where words.contains("multiple concurrent requests"):
            return .retryLater
        case "invalidrequest" where StandardRemedy.isRefresh(exchange):
            // Old releases of Hydra say so of a dead refresh token, and all of a body that was lost on the way.
            return .unknown
        case "scopenotgranted":
            return .fixConfiguration(hint: "Ask for the scope \(conventions.offlineScope ?? "offline") at the sign-in.")
        case "invalidclient":
            let other = authentication == .basic ? ".body" : ".basic"
            return .fixConfiguration(
                hint:
                    "Check the client id and secret; if they are right, the app is registered for authentication: \(other)."
            )
        default:
            return .standard(for: refusal, of: exchange)
        }
    }
}

extension ProviderDialect where Self == TikiDialect {
    /// Tiki Open Platform.
    public static func tiki(
        _ environment: TikiDialect.Environment,
        authentication: TikiDialect.Authentication = .basic,
        apiHosts: [String] = []
    ) -> Self {
        TikiDialect(environment, authentication: authentication, apiHosts: apiHosts)
    }
}
