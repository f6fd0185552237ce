internal import Foundation

extension WireConventions {
    /// Adds a token to a request where this provider expects it.
    func place(_ token: AccessToken, in request: inout WireRequest) throws {
        switch tokenPlacement {
        case .bearer:
            request.headers["Authorization"] = token.authorizationHeader.revealed
        case .header(let name, let scheme):
            let value = (scheme.map { $0 + " " } ?? "") + token.value.revealed
            guard WireHeaders.shown(name, value).hasSuffix("<redacted>"), !WireHeaders.isFraming(name) else {
                throw TokenError(
                    .invalidRequest,
                    "The header \(ProviderText.clean(name)) can't carry a token: its value is shown, or the transport's own."
                )
            }
            request.headers[name] = value
        case .query(let name):
            try request.addToQuery([WireField(name, secret: token.value)])
        }
    }

    /// Whether an answer of the API says that the token is no good.
    func rejects(_ response: WireResponse, by refusal: (WireResponse) -> Refusal?) -> Bool {
        // A refusal is short; what else an API answers may be long.
        if self.refusal.rejections.isEmpty || response.body.count > 64 * 1024 { return false }
        guard let code = refusal(response)?.foldedCode, !code.isEmpty else { return false }
        return self.refusal.rejections.contains { Refusal.folded($0) == code }
    }

    /// What a refusal means by these conventions' words, and by RFC 6749's.
    func remedy(for refusal: Refusal, of exchange: TokenExchange) -> Remedy {
        ownRemedy(for: refusal) ?? .standard(for: refusal, of: exchange)
    }

    /// What these conventions' own words say; no word is the last one at a status that passes.
    func ownRemedy(for refusal: Refusal) -> Remedy? {
        let code = refusal.foldedCode
        if code.isEmpty || StandardRemedy.isTransient(refusal) { return nil }
        if let exact = refusal.code.flatMap({ self.refusal.remedies[$0] }) { return exact }
        return self.refusal.remedies.filter { Refusal.folded($0.key) == code }.min { $0.key < $1.key }?.value
    }
}
