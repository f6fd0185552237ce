/// What RFC 6749, section 5.2, makes of a refusal, read with what providers are known to send instead.
enum StandardRemedy {
    static func remedy(for refusal: Refusal, of exchange: TokenExchange) -> Remedy {
        if isTransient(refusal) { return .retryLater }
        switch refusal.foldedCode {
        case "invalidgrant", "tokeninactive":
            return .discardGrant
        case "unsupportedgranttype", "unauthorizedclient", "scopenotgranted":
            // A client that may not refresh may still authenticate.
            return isRefresh(exchange)
                ? .discardGrant : .fixConfiguration(hint: "The client may not use the grant \(exchange.grant.type).")
        case "invalidclient", "invalidscope", "invalidrequest", "accessdenied":
            return .fixConfiguration(hint: hint(for: refusal.foldedCode))
        default:
            return isRefresh(exchange) && isDefinite(refusal)
                ? .discardGrant
                : .fixConfiguration(hint: hint(for: refusal.foldedCode))
        }
    }

    /// Whether a refusal without a known code is about what was presented: a plain no in words is, a gateway's page (without
    /// words, or 403, or 404) says nothing about a token, and must not cost a person their session.
    private static func isDefinite(_ refusal: Refusal) -> Bool {
        [200, 400, 401].contains(refusal.status) && (refusal.code != nil || refusal.message != nil)
    }

    static func isTransient(_ refusal: Refusal) -> Bool {
        [408, 425, 429].contains(refusal.status) || refusal.status >= 500
            || ["temporarilyunavailable", "servererror", "internalerror", "slowdown"].contains(refusal.foldedCode)
    }

    static func isRefresh(_ exchange: TokenExchange) -> Bool {
        if case .refreshToken = exchange.grant { true } else { false }
    }

    private static func hint(for code: String) -> String {
        switch code {
        case "invalidclient": "Check the client id and secret, and that they belong to this environment."
        case "invalidscope": "Check the scopes that are asked for."
        default: "Check the client, the endpoint and the grant with the provider."
        }
    }
}

extension Remedy {
    /// What RFC 6749, section 5.2, makes of a refusal, for a dialect whose provider has only a few codes of its own.
    public static func standard(for refusal: Refusal, of exchange: TokenExchange) -> Self {
        StandardRemedy.remedy(for: refusal, of: exchange)
    }
}
