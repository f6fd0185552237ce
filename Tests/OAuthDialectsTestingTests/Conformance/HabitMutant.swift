import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// A dialect of data with one convention that is wrong or ignored.
struct HabitMutant: Sendable, CustomTestStringConvertible {
    /// The member that ignores what the conventions say.
    enum Member: Sendable {
        case request, tokens, refusal, remedy, authorize, isTokenRejection
    }

    let name: String
    let provider: Habit
    let dialect: any ProviderDialect

    var testDescription: String { name }

    private init(_ name: String, of provider: Habit, _ dialect: any ProviderDialect) {
        self.name = "\(provider.name): \(name)"
        self.provider = provider
        self.dialect = dialect
    }

    /// Other conventions than the provider's.
    private static func wrong(
        _ name: String,
        of habit: Habit,
        _ change: (inout WireConventions) -> Void
    ) -> Self {
        Self(name, of: habit, habit.with(change))
    }

    /// The right conventions, and a member that follows others.
    private static func ignored(
        _ name: String,
        by member: Member,
        of habit: Habit,
        _ change: (inout WireConventions) -> Void
    ) -> Self {
        let other = habit.with(change)
        return changed(name, of: habit) { overrides in
            switch member {
            case .request: overrides.request = { exchange, _ in try other.request(for: exchange) }
            case .tokens: overrides.tokens = { response, exchange, _ in try other.tokens(in: response, for: exchange) }
            case .refusal: overrides.refusal = { response, _ in other.refusal(in: response) }
            case .remedy: overrides.remedy = { refusal, exchange, _ in other.remedy(for: refusal, of: exchange) }
            case .authorize: overrides.authorize = { request, access, _ in try other.authorize(&request, for: access) }
            case .isTokenRejection: overrides.isTokenRejection = { response, _ in other.isTokenRejection(response) }
            }
        }
    }

    private static func changed(
        _ name: String,
        of habit: Habit,
        _ change: (inout DialectOverrides) -> Void
    ) -> Self {
        Self(name, of: habit, habit.overriding(change))
    }

    static let all = requests + fields + placements + answers + expiries + origins + refusals

    private static let requests = [
        ignored("sends a secret", by: .request, of: .publicClient) { $0.request.clientAuthentication = .body },
        ignored("sends no client id", by: .request, of: .publicClient) { $0.request.clientAuthentication = .none },
        ignored("sends Basic", by: .request, of: .noClient) { $0.request.clientAuthentication = .basic },
        ignored("sends by POST", by: .request, of: .getRequests) { $0.request.bodyEncoding = .form },
        wrong("is said to take POST", of: .getRequests) { $0.request.bodyEncoding = .form },
        wrong("is said to take GET", of: .ownHeader) { $0.request.bodyEncoding = .query },
        wrong("is said to take no client", of: .ownHeader) { $0.request.clientAuthentication = .none },
        ignored("separates scopes by spaces", by: .request, of: .noPKCE) { $0.scopeSeparator = " " },
        wrong("is said to separate scopes by spaces", of: .noPKCE) { $0.scopeSeparator = " " },
        changed("drops the endpoint's own query", of: .ownQuery) {
            $0.tokenEndpoint = { _, _ in URL(string: "https://habit.example/token") }
        },
        changed("revokes with a field of another name", of: .ownHeader) {
            $0.revocationRequest = { tokens, client, base in
                guard var request = try base.revocationRequest(for: tokens, by: client),
                    case .form(let fields) = request.body
                else { return nil }
                request.body = .form(fields.map { $0.name == "token" ? $0.renamed("refresh_token") : $0 })
                return request
            }
        },
    ]

    private static let fields = [
        ignored("standard names", by: .request, of: .ownNames) { $0.request.names = [:] },
        wrong("another name of the code", of: .ownNames) { $0.request.names[.code] = "code" },
        wrong("another name of the client id", of: .getRequests) { $0.request.names[.clientID] = "app_id" },
        ignored("standard words for grants", by: .request, of: .ownValues) { $0.request.values = [:] },
        wrong("another word for a grant", of: .ownValues) {
            $0.request.values[.grantType]?["client_credentials"] = "client"
        },
        ignored("drops the added fields", by: .request, of: .ownValues) { $0.request.added = [] },
        ignored("another value of an added field", by: .request, of: .ownValues) {
            $0.request.added[0] = WireField("version", "1")
        },
        ignored("sends what is omitted", by: .request, of: .omittedFields) { $0.request.omitted = [] },
        ignored("sends the omitted grant type", by: .request, of: .omittedType) { $0.request.omitted = [] },
        ignored("omits the verifier", by: .request, of: .ownHeader) { $0.request.omitted = [.codeVerifier] },
        ignored("does not repeat the scopes", by: .request, of: .repeatedScopes) { $0.request.repeatsScopes = false },
        wrong("is said not to need the scopes again", of: .repeatedScopes) { $0.request.repeatsScopes = false },
        ignored("does not repeat the client id", by: .request, of: .repeatedClient) {
            $0.request.repeatsClientID = false
        },
    ]

    private static let placements = [
        ignored("a Bearer token", by: .authorize, of: .ownHeader) { $0.tokenPlacement = .bearer },
        wrong("another header", of: .ownHeader) { $0.tokenPlacement = .header("X-Shop-Token") },
        wrong("a scheme", of: .ownHeader) { $0.tokenPlacement = .header("X-Shop-Access-Token", scheme: "Bearer") },
        ignored("another scheme", by: .authorize, of: .ownScheme) { $0.tokenPlacement = .bearer },
        wrong("no scheme", of: .ownScheme) { $0.tokenPlacement = .header("Authorization") },
        ignored("a header", by: .authorize, of: .tokenInQuery) { $0.tokenPlacement = .bearer },
        wrong("another parameter", of: .tokenInQuery) { $0.tokenPlacement = .query("token") },
    ]

    private static let answers = [
        ignored("reads the top level", by: .tokens, of: .containers) { $0.answer.containers = [] },
        wrong("another container", of: .containers) { $0.answer.containers = ["data"] },
        ignored("drops the extras", by: .tokens, of: .containers) { $0.answer.extras = [] },
        ignored("drops a secret extra", by: .tokens, of: .containers) { $0.answer.secretExtras = [] },
        ignored("reads standard names", by: .tokens, of: .ownNames) { $0.answer.names = [:] },
        wrong("another name of the lifetime", of: .ownNames) { $0.answer.names[.expiresIn] = "lifetime" },
        ignored("takes bearer tokens only", by: .tokens, of: .otherType) { $0.answer.tokenTypes = ["bearer"] },
        ignored("takes tokens of any type", by: .tokens, of: .otherType) {
            $0.answer.tokenTypes.insert("conformance-mac")
        },
    ]

    private static let expiries = [
        ignored("reads no date of expiry", by: .tokens, of: .expiryDates) { $0.answer.names = [:] },
        changed("reads a date of expiry by its own clock", of: .expiryDates) {
            $0.tokens = { response, exchange, base in
                var response = response
                response.headers["Date"] = nil
                return try base.tokens(in: response, for: exchange)
            }
        },
        changed("takes a date in the past for a token without end", of: .expiryDates) {
            $0.tokens = { response, exchange, base in
                do { return try base.tokens(in: response, for: exchange) } catch {
                    return try WireConventions().tokens(in: response, for: exchange)
                }
            }
        },
        ignored("takes 0 for expired", by: .tokens, of: .endless) { $0.answer.zeroIsUnlimited = false },
        ignored("takes 0 for endless", by: .tokens, of: .ownHeader) { $0.answer.zeroIsUnlimited = true },
        wrong("another scope for refresh tokens", of: .reusable) { $0.offlineScope = "offline" },
    ]

    private static let origins = [
        changed("sends tokens wherever an answer says", of: .containers) {
            $0.tokenOrigins = { extras, base in
                extras["team"].map { APIOrigins([$0.revealed]) } ?? base.apiOrigins
            }
        },
        changed("compares the beginning of a host alone", of: .containers) {
            $0.tokenOrigins = { extras, base in
                guard let text = extras["team"]?.revealed, text.hasPrefix("https://api.habit.example") else {
                    return base.apiOrigins
                }
                return APIOrigins([text])
            }
        },
    ]

    private static let refusals = [
        ignored("takes every 200 for a success", by: .refusal, of: .refusalsAt200) { $0.refusal.success = nil },
        wrong("another value of success", of: .numberedCodes) { $0.refusal.success = .init("code", 1) },
        ignored("reads the usual places", by: .refusal, of: .ownPaths) { $0.refusal = .init() },
        ignored("reads no message", by: .refusal, of: .ownPaths) { $0.refusal.messages = [] },
        ignored("forgets a dead grant's code", by: .remedy, of: .numberedCodes) { $0.refusal.remedies["20026"] = nil },
        ignored("forgets a code that passes", by: .remedy, of: .numberedCodes) { $0.refusal.remedies["20050"] = nil },
        ignored("forgets the API's codes", by: .isTokenRejection, of: .refusalsAt200) { $0.refusal.rejections = [] },
        ignored("forgets one of the API's codes", by: .isTokenRejection, of: .refusalsAt200) {
            $0.refusal.rejections = ["token_expired"]
        },
        changed("takes any refusal of the API for the token's", of: .refusalsAt200) {
            $0.isTokenRejection = { response, base in response.status == 401 || base.refusal(in: response) != nil }
        },
        changed("ends a sign-in at any number", of: .numberedCodes) {
            $0.remedy = { refusal, exchange, base in
                Int(refusal.code ?? "") == nil ? base.remedy(for: refusal, of: exchange) : .discardGrant
            }
        },
        changed("ends a sign-in at any word of a 400", of: .ownPaths) {
            $0.remedy = { refusal, exchange, base in
                let remedy = base.remedy(for: refusal, of: exchange)
                return remedy == .unknown && refusal.status == 400 ? .discardGrant : remedy
            }
        },
    ]
}
