import Foundation
import OAuthDialects
import Testing

/// A provider with one habit, as data.
struct Habit: ProviderDialect, CustomTestStringConvertible {
    let name: String
    var conventions = WireConventions()
    var grants: Set<String> = ["client_credentials", "authorization_code", "refresh_token"]
    var apiOrigins: APIOrigins = ["api.habit.example"]
    var authorizationEndpoint = URL(string: "https://habit.example/authorize")
    var revocationEndpoint = URL(string: "https://habit.example/revoke")
    var query = ""

    var testDescription: String { name }

    init(
        _ name: String,
        grants: Set<String> = ["client_credentials", "authorization_code", "refresh_token"],
        query: String = "",
        _ change: (inout WireConventions) -> Void = { _ in }
    ) {
        self.name = name
        self.grants = grants
        self.query = query
        conventions = WireConventions(change)
    }

    func tokenEndpoint(for grant: Grant) -> URL? {
        grants.contains(grant.type) ? URL(string: "https://habit.example/token\(query)") : nil
    }

    /// The habit with one change.
    func with(_ change: (inout WireConventions) -> Void) -> Self {
        var habit = self
        change(&habit.conventions)
        return habit
    }

    private static let user: Set<String> = ["authorization_code", "refresh_token"]

    static let publicClient = Habit("public-client", grants: user) { $0.request.clientAuthentication = .publicClient }
    static let noClient = Habit("no-client", grants: user) { $0.request.clientAuthentication = .none }
    static let getRequests = Habit("get-requests") {
        $0.request.bodyEncoding = .query
        $0.request.clientAuthentication = .body
        $0.request.names = [.clientID: "appid", .clientSecret: "secret"]
    }
    static let ownHeader = Habit("own-header") { $0.tokenPlacement = .header("X-Shop-Access-Token") }
    static let ownScheme = Habit("own-scheme") { $0.tokenPlacement = .header("Authorization", scheme: "OAuth") }
    static let tokenInQuery = Habit("token-in-query") { $0.tokenPlacement = .query("access_token") }
    static let containers = Habit("containers") {
        $0.answer.containers = ["authed_user", "data.tokens"]
        $0.answer.extras = ["team"]
        $0.answer.secretExtras = ["bot_token"]
    }
    static let ownNames = Habit("own-names") {
        $0.request.clientAuthentication = .body
        $0.request.names = [
            .clientID: "client_key", .clientSecret: "app.secret", .refreshToken: "refresh", .code: "auth_code",
        ]
        $0.answer.names = [.accessToken: "token", .expiresIn: "ttl", .refreshTokenExpiresIn: "refresh_ttl"]
    }
    static let ownValues = Habit("own-values") {
        $0.request.values = [.grantType: ["client_credentials": "client_credential", "refresh_token": "refresh"]]
        $0.request.added = [WireField("version", "2"), WireField("format", "json")]
    }
    static let omittedFields = Habit("omitted-fields") { $0.request.omitted = [.redirectURI, .codeVerifier] }
    static let omittedType = Habit("omitted-type") { $0.request.omitted = [.grantType] }
    static let otherType = Habit("other-type") { $0.answer.tokenTypes = ["user", "app"] }
    static let refusalsAt200 = Habit("refusals-at-200") {
        $0.refusal.success = .init("ok", true)
        $0.refusal.rejections = ["token_expired", "invalid_auth"]
        $0.refusal.remedies = ["token_revoked": .discardGrant]
    }
    static let numberedCodes = Habit("numbered-codes") {
        $0.request.bodyEncoding = .json
        $0.answer.containers = ["data"]
        $0.refusal.success = .init("code", 0)
        $0.refusal.codes = ["code"]
        $0.refusal.messages = ["msg"]
        $0.refusal.remedies = ["20026": .discardGrant, "20050": .retryLater]
        $0.refusal.rejections = ["99991663"]
    }
    static let ownPaths = Habit("own-paths") {
        $0.refusal.codes = ["fault.causes[].kind"]
        $0.refusal.messages = ["fault.text"]
        $0.refusal.rejections = ["expired_token"]
    }
    static let expiryDates = Habit("expiry-dates") {
        $0.answer.names = [.expiresAt: "valid_until", .refreshTokenExpiresAt: "refresh_until"]
    }
    static let endless = Habit("endless") { $0.answer.zeroIsUnlimited = true }
    static let signInOnly = Habit("sign-in-only", grants: ["authorization_code"])
    static let clientOnly = Habit("client-only", grants: ["client_credentials"])
    static let noRefreshTokens = Habit("no-refresh-tokens", grants: ["client_credentials", "authorization_code"])
    static let noPKCE = Habit("no-pkce") {
        $0.pkce = .unsupported
        $0.scopeSeparator = ","
    }
    static let repeatedScopes = Habit("repeated-scopes") { $0.request.repeatsScopes = true }
    static let repeatedClient = Habit("repeated-client") { $0.request.repeatsClientID = true }
    static let ownQuery = Habit("own-query", query: "?tenant=1")
    static let reusable = Habit("reusable") {
        $0.refreshTokenRotation = .reusable
        $0.offlineScope = "offline_access"
    }

    static let all = [
        publicClient, noClient, getRequests, ownHeader, ownScheme, tokenInQuery, containers, ownNames, ownValues,
        omittedFields, omittedType, otherType, refusalsAt200, numberedCodes, ownPaths, expiryDates, endless,
        signInOnly, clientOnly, noRefreshTokens, noPKCE, repeatedScopes, repeatedClient, ownQuery, reusable,
    ]
}
