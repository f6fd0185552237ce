extension WireConventions {
    /// Whether an answer of the API says that the token is no good.
    func rejects(_ response: WireResponse, by refusal: (WireResponse) -> Refusal?) -> Bool {
        // A refusal is short; other answers of an API may be long.
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
