internal import Foundation
internal import OAuthDialects

/// A dialect with the default implementation of every optional member, except those stored here.
private struct DefaultMembers: ProviderDialect {
    let own: any ProviderDialect
    let conventions: WireConventions
    let authorizationEndpoint: URL?

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
            let isBare = ["conventions", "authorizationEndpoint"].contains(name)
            let plain: @Sendable (any ProviderDialect) -> any ProviderDialect = { dialect in
                isBare ? BareMembers(own: dialect) as any ProviderDialect : DefaultMembers(dialect)
            }
            return one("A wrapper forwards every member", name, "the wrapper's own, or the wrapped dialect's") {
                let isDefault = value(dialect) == value(plain(dialect))
                let isOwnBeneath = value(wrapped) != value(plain(wrapped))
                return isDefault && isOwnBeneath ? "the RFC 6749 default; the wrapped dialect has its own" : nil
            }
        }
    }

    private var members: [Member] {
        [
            ("conventions", { [Self.text(of: $0.conventions)] }),
            ("authorizationEndpoint", { [$0.authorizationEndpoint?.absoluteString ?? "-"] }),
            ("revocationEndpoint", { [$0.revocationEndpoint?.absoluteString ?? "-"] }),
            ("issuer", { [$0.issuer ?? "-"] }),
            ("request(for:)", { dialect in Self.allGrants.flatMap { dialect.requestText(exchange($0)) } }),
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
        let fields = conventions.extraFields.map { "\($0.name)=\($0.value.revealed)" }
        return [
            "\(conventions.bodyEncoding)", "\(conventions.fieldNaming)", "\(conventions.clientAuthentication)",
            conventions.scopeSeparator,
            "\(conventions.refreshTokenRotation)", "\(conventions.pkce)", conventions.offlineScope ?? "-",
            "\(fields)", "\(conventions.answerFields)", "\(conventions.fieldNames.sorted { $0.key < $1.key })",
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
