internal import Foundation
internal import OAuthDialects

/// A dialect with the default implementation of every optional member, except those stored here.
private struct DefaultMembers: ProviderDialect {
    let own: any ProviderDialect
    let conventions: WireConventions
    let authorizationEndpoint: URL?
    var revocationEndpoint: URL?

    /// Keeps the dialect's own conventions, which the default members follow.
    init(_ own: any ProviderDialect) {
        self.own = own
        conventions = own.conventions
        authorizationEndpoint = own.authorizationEndpoint
    }

    var name: String { own.name }
    var apiOrigins: APIOrigins { own.apiOrigins }
    func tokenEndpoint(for grant: Grant) -> URL? { own.tokenEndpoint(for: grant) }
}

/// Like ``DefaultMembers``, but also with the default conventions and authorization endpoint.
private struct BareMembers: ProviderDialect {
    let own: any ProviderDialect
    var name: String { own.name }
    var apiOrigins: APIOrigins { own.apiOrigins }
    func tokenEndpoint(for grant: Grant) -> URL? { own.tokenEndpoint(for: grant) }
}

extension DialectBench {
    private typealias Member = (name: String, value: @Sendable (any ProviderDialect) -> [String])

    /// Checks that the wrapper does not replace a member of the wrapped dialect with the RFC 6749 default.
    var forwarding: [ConformanceCase] {
        guard let wrapped else { return [] }
        return members.map { name, value in
            one(.forwarding, name, "the wrapper's own, or the wrapped dialect's") {
                let isDefault = value(dialect) == value(Self.plain(dialect, for: name))
                let isOwnBeneath = value(wrapped) != value(Self.plain(wrapped, for: name))
                return isDefault && isOwnBeneath ? "the RFC 6749 default; the wrapped dialect has its own" : nil
            }
        }
    }

    /// The members that behave otherwise than the protocol's defaults, and those that behave alike, on the kit's inputs.
    var ownAndDefaultMembers: (own: [String], default: [String]) {
        let isOwn = members.map { ($0.name, $0.value(dialect) != $0.value(Self.plain(dialect, for: $0.name))) }
        return (isOwn.filter(\.1).map(\.0), isOwn.filter { !$0.1 }.map(\.0))
    }

    /// Sample extras: none, and in each extra one of the dialect's hosts or a foreign one.
    private static func extras(of dialect: any ProviderDialect) -> [[String: Secret]] {
        let hosts = dialect.apiOrigins.origins.map(\.host).sorted() + ["foreign.example"]
        let names = dialect.conventions.answer.allExtras + ["instance_url"]
        return [[:]] + names.flatMap { name in hosts.map { [name: Secret($0)] } }
    }

    /// A dialect with the protocol's default of a member.
    private static func plain(_ dialect: any ProviderDialect, for member: String) -> any ProviderDialect {
        if ["conventions", "authorizationEndpoint"].contains(member) { return BareMembers(own: dialect) }
        var plain = DefaultMembers(dialect)
        if member == "revocationRequest(for:by:)" { plain.revocationEndpoint = dialect.revocationEndpoint }
        return plain
    }

    private var members: [Member] {
        [
            ("conventions", { [Self.text(of: $0.conventions)] }),
            ("apiOrigins(for:)", { dialect in DialectBench.extras(of: dialect).map { dialect.originsText($0) } }),
            ("authorizationEndpoint", { [$0.authorizationEndpoint?.absoluteString ?? "-"] }),
            ("revocationEndpoint", { [$0.revocationEndpoint?.absoluteString ?? "-"] }),
            ("issuer", { [$0.issuer ?? "-"] }),
            ("request(for:)", { dialect in Self.allGrants.flatMap { dialect.requestText(exchange($0)) } }),
            ("revocationRequest(for:by:)", { [$0.revocationText] }),
            ("refusal(in:)", { dialect in Self.answersOfOthers.map { dialect.refusal(in: $0)?.description ?? "-" } }),
            (
                "remedy(for:of:)",
                { dialect in
                    Self.refusalsOfOthers.flatMap { refusal in
                        Self.allGrants.map { "\(dialect.remedy(for: refusal, of: exchange($0)))" }
                    }
                }
            ),
            (
                "tokens(in:for:)",
                { dialect in
                    ([usual()] + Self.answersOfOthers).map { dialect.tokensText($0, exchange(.clientCredentials())) }
                }
            ),
            ("authorize(_:for:)", { [$0.authorizedText] }),
            ("isTokenRejection(_:)", { dialect in Self.answersOfOthers.map { "\(dialect.isTokenRejection($0))" } }),
        ]
    }

    /// Typical provider responses: a dialect with its own reading most likely reads one of them differently.
    private static let answersOfOthers: [WireResponse] = [200, 400, 401, 403, 429, 500].flatMap { status in
        [
            "", "<html></html>", #"{"error":"invalid_grant"}"#,
            #"{"error":{"code":"TOKEN_EXPIRED","message":"Over."}}"#,
            #"{"error":{"code":"INVALID_SIGNATURE","message":"Wrong."}}"#, #"{"errors":["Over."]}"#,
            #"{"errors":[{"message":"Over."}],"data":null}"#, #"{"msg":"Denied."}"#,
            #"{"code":40001,"message":"Over."}"#,
            #"{"code":0,"data":{"access_token":"abc"}}"#,
        ].map { WireResponse(status: status, body: Data($0.utf8)) }
    }

    private static let refusalsOfOthers: [Refusal] = [
        "invalid_grant", "invalid_client", "invalid_request", "TOKEN_EXPIRED", "INVALID_CODE", "CLIENT_NOT_FOUND",
        "INVALID_TIMESTAMP", "TEMPORARY_UNAVAILABLE", "INTERNAL_ERROR", "TOO_MANY_REQUEST_PER_SECOND", "EXCEEDED_LIMIT",
        "GRANT_TYPE_INVALID", "token_inactive",
    ].flatMap { code in
        [
            Refusal(status: 400, code: code),
            Refusal(status: 400, code: code, message: "multiple concurrent requests using the same token"),
        ]
    }

    private static func text(of conventions: WireConventions) -> String {
        let fields = conventions.request.added.map { "\($0.name)=\($0.value.revealed)" }
        return [
            "\(conventions.request.bodyEncoding)", "\(conventions.request.fieldNaming)",
            "\(conventions.request.clientAuthentication)",
            conventions.scopeSeparator,
            "\(conventions.refreshTokenRotation)", "\(conventions.pkce)", conventions.offlineScope ?? "-",
            "\(fields)", "\(conventions.request)", "\(conventions.answer)", "\(conventions.refusal)",
            "\(conventions.tokenPlacement)",
        ].joined(separator: "|")
    }
}

extension ProviderDialect {
    fileprivate func requestText(_ exchange: TokenExchange) -> [String] {
        guard let request = try? request(for: exchange) else { return ["-"] }
        return DialectBench.bytes(of: request)
    }

    fileprivate func tokensText(_ response: WireResponse, _ exchange: TokenExchange) -> String {
        guard let set = try? tokens(in: response, for: exchange) else { return "-" }
        return
            "\(set.accessToken.revealed) \(set.lifetime as Any) \(set.refreshToken?.value.revealed ?? "-") \(set.scopes ?? [])"
    }

    fileprivate func originsText(_ extras: [String: Secret]) -> String {
        guard let origins = try? apiOrigins(for: extras) else { return "-" }
        return origins.origins.map(\.description).sorted().joined(separator: " ")
    }

    fileprivate var revocationText: String {
        revocation.map { DialectBench.bytes(of: $0).joined(separator: "\n") } ?? "-"
    }

    fileprivate var authorizedText: String {
        guard let token = try? AccessToken("conformance") else { return "-" }
        let access = ResourceAccess(
            token: token,
            credentials: DialectBench.credentials,
            date: DialectBench.date,
            nonce: "0123456789abcdef0123456789abcdef"
        )
        var request = WireRequest("GET", URL(string: "https://api.conformance.example/")!)
        guard (try? authorize(&request, for: access)) != nil else { return "-" }
        return DialectBench.bytes(of: request).joined(separator: "\n")
    }
}
