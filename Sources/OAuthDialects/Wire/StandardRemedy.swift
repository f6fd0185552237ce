/// What RFC 6749, section 5.2, makes of a refusal, read with what providers are known to send instead.
enum StandardRemedy {
    static func remedy(for refusal: Refusal, of exchange: TokenExchange) -> Remedy {
        if isTransient(refusal) { return .retryLater }
        switch refusal.foldedCode {
        case "invalidgrant", "loginrequired", "consentrequired", "interactionrequired":
            return .discardGrant
        case "unsupportedgranttype", "unauthorizedclient":
            return .fixConfiguration(hint: "The client may not use the grant \(exchange.grant.type).")
        case "invalidclient":
            return .fixConfiguration(
                hint: "Check the client id and secret, and that they belong to this environment."
            )
        case "invalidscope":
            return .fixConfiguration(hint: "Check the scopes that are asked for.")
        case "invalidrequest":
            return .fixConfiguration(hint: "Check the client, the endpoint and the grant with the provider.")
        default:
            return saysNothing(refusal) ? .retryLater : .unknown
        }
    }

    /// Whether a refusal may come from something before the provider: a gateway's page has no code, and is often a 403 or a 404.
    private static func saysNothing(_ refusal: Refusal) -> Bool {
        refusal.foldedCode.isEmpty || [403, 404].contains(refusal.status)
    }

    /// Whether a refusal passes, whatever its words: at such a status even `invalid_grant` proves nothing.
    static func isTransient(_ refusal: Refusal) -> Bool {
        [408, 425, 429].contains(refusal.status) || refusal.status >= 500
            || ["temporarilyunavailable", "servererror", "internalerror", "slowdown"].contains(refusal.foldedCode)
    }

    static func isRefresh(_ exchange: TokenExchange) -> Bool {
        if case .refreshToken = exchange.grant { true } else { false }
    }
}

extension Remedy {
    /// What RFC 6749, section 5.2, makes of a refusal, for a dialect whose provider has only a few codes of its own.
    public static func standard(for refusal: Refusal, of exchange: TokenExchange) -> Self {
        StandardRemedy.remedy(for: refusal, of: exchange)
    }
}
