internal import Foundation
internal import OAuthDialects

extension SandboxRules {
    /// The rules of a provider that follows a dialect's conventions, endpoints, and field names.
    static func speaking(_ dialect: any ProviderDialect, _ shape: TokenAnswerShape?) -> Self {
        let conventions = dialect.conventions
        let probe = DialectProbe(dialect)
        let takesRefreshTokens = probe.paths.values.contains { $0.contains("refresh_token") }
        var rules = Self(
            title: dialect.name,
            tokenPaths: probe.paths,
            body: probe.isJSON ?? (conventions.bodyEncoding == .json) ? .json : .form,
            naming: conventions.fieldNaming,
            client: probe.client ?? conventions.clientAuthentication,
            scopeSeparator: conventions.scopeSeparator,
            accessLifetime: { _ in .seconds(3600) },
            refreshLifetime: .seconds(30 * 86400),
            rotation: conventions.refreshTokenRotation == .reusable ? .fixed : .rotating,
            accessShape: .twoParts,
            refreshShape: .twoParts,
            // RFC 6749, section 4.4.3: client credentials yield no refresh token.
            givesRefreshToken: { grant, scopes in
                takesRefreshTokens && grant != "client_credentials"
                    && conventions.offlineScope.map(scopes.contains) ?? true
            },
            spendsCodeOnFailure: false,
            answer: { .raw((shape ?? conventions.answerShape).write($0.members)) },
            wording: standardWording,
            tokenError: { wording, words in
                .object([("error", .text(wording.code)), ("error_description", .text(words))])
            },
            resourceError: { wording, words in
                .object([("error", .text(wording.code)), ("error_description", .text(words))])
            },
            dialect: { url, apiHosts in dialect.rooted(at: url, apiHosts) },
            authorizationPath: dialect.authorizationEndpoint?.path(percentEncoded: true) ?? "/authorize"
        )
        rules.harmlessFields = probe.seen
        rules.names = probe.names
        rules.knowsPKCE = conventions.pkce == .s256
        rules.revocationPath = dialect.revocationEndpoint?.path(percentEncoded: true)
        return rules
    }

    /// The error codes of RFC 6749, section 5.2, and RFC 6750, section 3.1.
    private static func standardWording(_ kind: SandboxRefusal.Kind) -> SandboxWording {
        switch kind {
        case .notFound: .init(status: 404, code: "not_found", message: "")
        case .methodNotAllowed: .init(status: 405, code: "invalid_request", message: "")
        case .emptyBody, .badRequest: .init(status: 400, code: "invalid_request", message: "")
        case .invalidClient: .init(status: 401, code: "invalid_client", message: "")
        case .unsupportedGrant: .init(status: 400, code: "unsupported_grant_type", message: "")
        case .invalidScope: .init(status: 400, code: "invalid_scope", message: "")
        case .invalidGrant, .tokenReused: .init(status: 400, code: "invalid_grant", message: "")
        case .missingToken, .invalidToken, .expiredToken: .init(status: 401, code: "invalid_token", message: "")
        case .internalError: .init(status: 500, code: "server_error", message: "")
        case .unavailable: .init(status: 503, code: "temporarily_unavailable", message: "")
        case .tooManyRequests: .init(status: 429, code: "slow_down", message: "")
        }
    }
}

extension WireConventions {
    /// A token response as a flat object, with names in these conventions.
    var answerShape: TokenAnswerShape {
        let conventions = self
        return TokenAnswerShape { members in
            let texts = members.map { "\(JSONValue.text(conventions.name($0.name)).text):\($0.json)" }
            return "{\(texts.joined(separator: ","))}"
        }
    }
}

extension SandboxIssue {
    /// The members of the token response, by their RFC 6749 names.
    fileprivate var members: [TokenAnswerShape.Member] {
        var members = [
            TokenAnswerShape.Member(name: "access_token", json: JSONValue.text(accessToken).text),
            TokenAnswerShape.Member(name: "token_type", json: #""Bearer""#),
            TokenAnswerShape.Member(name: "expires_in", json: "\(lifetime)"),
        ]
        if let refreshToken {
            members.append(.init(name: "refresh_token", json: JSONValue.text(refreshToken).text))
        }
        if !scopes.isEmpty {
            members.append(.init(name: "scope", json: JSONValue.text(scopes.joined(separator: " ")).text))
        }
        return members
    }
}

extension ProviderDialect {
    /// The same dialect with its endpoints under another root URL.
    fileprivate func rooted(at root: URL, _ apiHosts: [String]) -> any ProviderDialect {
        let moved: @Sendable (URL) -> URL? = { url in
            var components = URLComponents(url: root, resolvingAgainstBaseURL: true)
            components?.percentEncodedPath = url.path(percentEncoded: true)
            return components?.url
        }
        return overriding { overrides in
            overrides.apiOrigins = apiOrigins.adding(apiHosts).adding(originOf: root)
            overrides.tokenEndpoint = { grant, base in base.tokenEndpoint(for: grant).flatMap(moved) }
            overrides.authorizationEndpoint = authorizationEndpoint.flatMap(moved)
            overrides.revocationEndpoint = revocationEndpoint.flatMap(moved)
        }
    }
}
