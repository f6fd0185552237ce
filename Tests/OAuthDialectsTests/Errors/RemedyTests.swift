import Foundation
import OAuthDialects
import Testing

/// What each known refusal means for a refresh and for the client's own grant.
struct RemedyTests {
    enum Meaning: Sendable {
        case later, dead, configuration, unknown

        init(_ remedy: Remedy) {
            switch remedy {
            case .retryLater: self = .later
            case .discardGrant: self = .dead
            case .fixConfiguration: self = .configuration
            case .unknown: self = .unknown
            }
        }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let status: Int
        let code: String?
        let forRefresh: Meaning
        let forClient: Meaning
        var message: String?
        var testDescription: String { "\(status) \(code ?? "without code") \(message?.prefix(20) ?? "")" }

        init(_ status: Int, _ code: String?, _ forRefresh: Meaning, _ forClient: Meaning, _ message: String? = nil) {
            self.status = status
            self.code = code
            self.forRefresh = forRefresh
            self.forClient = forClient
            self.message = message
        }

        func check(_ dialect: any ProviderDialect) throws {
            let refusal = Refusal(status: status, code: code, message: message)
            let refresh = dialect.remedy(for: refusal, of: Sample.exchange(try Sample.refresh()))
            let client = dialect.remedy(for: refusal, of: Sample.exchange())
            #expect(Meaning(refresh) == forRefresh, "a refresh: \(refresh)")
            #expect(Meaning(client) == forClient, "the client: \(client)")
            for case .fixConfiguration(let hint) in [refresh, client] { #expect(!hint.isEmpty) }
        }
    }

    /// RFC 6749, section 5.2, and what stands around it.
    static let standard = [
        Row(400, "invalid_request", .configuration, .configuration),
        Row(401, "invalid_client", .configuration, .configuration),
        Row(400, "invalid_client", .configuration, .configuration),
        Row(400, "invalid_grant", .dead, .dead),
        Row(400, "unauthorized_client", .configuration, .configuration),
        Row(400, "unsupported_grant_type", .configuration, .configuration),
        Row(400, "invalid_scope", .configuration, .configuration),
        Row(400, "login_required", .dead, .dead),
        Row(400, "consent_required", .dead, .dead),
        Row(400, "interaction_required", .dead, .dead),
        Row(400, "access_denied", .unknown, .unknown),
        Row(403, "access_denied", .later, .later),
        Row(503, "temporarily_unavailable", .later, .later),
        Row(400, "temporarily_unavailable", .later, .later),
        Row(400, "server_error", .later, .later),
        Row(400, "slow_down", .later, .later),
        Row(503, "invalid_grant", .later, .later),
        Row(429, "invalid_client", .later, .later),
        Row(408, nil, .later, .later),
        Row(425, nil, .later, .later),
        Row(500, nil, .later, .later),
        Row(502, nil, .later, .later),
        Row(400, nil, .later, .later),
        Row(401, nil, .later, .later),
        Row(403, nil, .later, .later),
        Row(404, nil, .later, .later),
        Row(302, nil, .later, .later),
        Row(403, "invalid_grant", .dead, .dead),
        Row(400, "something_new", .unknown, .unknown),
        Row(400, "server_busy", .unknown, .unknown),
        Row(200, "20050", .unknown, .unknown),
        Row(400, "token_inactive", .unknown, .unknown),
        Row(403, "something_new", .later, .later),
        Row(404, "something_new", .later, .later),
    ]

    @Test(arguments: standard)
    func `RFC 6749's refusals`(_ row: Row) throws {
        try row.check(Sample.standard())
        try row.check(WeTixDialect(.production))
    }

    @Test(arguments: [
        Row(200, "INTERNAL_ERROR", .later, .later),
        Row(200, "ORDER_NOT_FOUND", .unknown, .unknown),
    ])
    func `WeTix's GraphQL codes`(_ row: Row) throws {
        try row.check(WeTixDialect(.production))
    }

    static let revenueMonster: [Row] = [
        ("INVALID_CLIENT", .configuration, .configuration), ("CLIENT_INVALID", .configuration, .configuration),
        ("CLIENT_NOT_FOUND", .configuration, .configuration), ("InActiveClient", .configuration, .configuration),
        ("CLIENT_NO_PERMISSION", .configuration, .configuration), ("INVALID_SCOPE", .configuration, .configuration),
        ("INVALID_TIMESTAMP", .configuration, .configuration), ("SCOPE_NOT_FOUND", .configuration, .configuration),
        ("GRANT_TYPE_INVALID", .configuration, .configuration), ("INVALID_GRANT", .dead, .dead),
        ("InvalidCode", .dead, .dead), ("TOKEN_EXPIRED", .dead, .dead), ("TOKEN_INVALID", .dead, .dead),
        ("TOKEN_SUSPENDED", .dead, .dead), ("UNAUTHORIZED", .unknown, .unknown),
        ("TOO_MANY_REQUEST_PER_SECOND", .later, .later), ("EXCEEDED_LIMIT", .later, .later),
        ("INTERNAL_ERROR", .later, .later), ("TemporaryUnAvailable", .later, .later),
    ].flatMap { code, refresh, client in
        [200, 400, 401].map { Row($0, code, refresh, client) }
    }

    @Test(arguments: revenueMonster)
    func `Revenue Monster's codes, at any status`(_ row: Row) throws {
        try row.check(RevenueMonsterDialect(.production))
    }

    static let tiki = [
        Row(
            401,
            "invalid_client",
            .configuration,
            .configuration,
            "Client authentication failed (e.g., unknown client)"
        ),
        Row(400, "invalid_request", .unknown, .configuration, "The refresh token was not found"),
        Row(400, "invalid_request", .unknown, .configuration, "The POST body can not be empty"),
        Row(400, "invalid_request", .later, .later, "because of Multiple Concurrent Requests using the same token"),
        Row(400, "invalid_grant", .dead, .dead),
        Row(
            401,
            "token_inactive",
            .dead,
            .dead,
            "Token is inactive because it is malformed, expired or otherwise invalid"
        ),
        Row(400, "unauthorized_client", .configuration, .configuration),
        Row(403, "scope_not_granted", .configuration, .configuration),
        Row(503, "invalid_client", .later, .later),
        Row(400, "invalid_scope", .configuration, .configuration),
        Row(502, nil, .later, .later),
        Row(429, nil, .later, .later),
    ]

    @Test(arguments: tiki)
    func `Hydra's words at Tiki`(_ row: Row) throws {
        try row.check(TikiDialect(.production))
        try row.check(TikiDialect(.production, authentication: .body))
    }

    @Test func `Tiki's hint names the other way to authenticate`() {
        let refusal = Refusal(status: 401, code: "invalid_client")
        func hint(_ authentication: TikiDialect.Authentication) -> String {
            let dialect = TikiDialect(.production, authentication: authentication)
            if case .fixConfiguration(let hint) = dialect.remedy(for: refusal, of: Sample.exchange()) { return hint }
            return ""
        }
        #expect(hint(.basic).contains(".body") && !hint(.basic).contains(".basic"))
        #expect(hint(.body).contains(".basic") && !hint(.body).contains(".body"))
    }

    @Test(arguments: NamedDialect.all, [408, 429, 500, 502, 503])
    func `What is said at a status that passes ends nobody's session`(_ named: NamedDialect, _ status: Int) throws {
        for code in ["invalid_grant", "invalid_client", "token_inactive", "TOKEN_EXPIRED", "CLIENT_INVALID"] {
            let refusal = Refusal(status: status, code: code)
            #expect(named.dialect.remedy(for: refusal, of: Sample.exchange(try Sample.refresh())) == .retryLater)
        }
    }
}
