/// What the API says about the token in hand.
extension SessionMachine {
    /// The API rejected a request with this token; a caller who waits gets another one, or the same if none is better.
    mutating func reject(_ token: AccessToken, by id: Waiters.ID?, timeout: Duration) {
        // A token that has expired is rejected because of that, which proves nothing.
        if let held, held.token == token, held.isLive(at: now), held.rejection != .rejected, !startRejection(of: held) {
            if let id { answer(id, .success(.token(held.token))) }
            return
        }
        if let id { requestToken(id, timeout: timeout) }
    }

    /// - Returns: whether the rejection renews the token.
    private mutating func startRejection(of held: HeldToken) -> Bool {
        if proof.isPaused(at: now) { return false }
        if proof.isPending {
            proof.isPending = false
            proof.disproved(at: now)
            report(.rejectionIgnored(why: "the token that replaced a rejected one was rejected too"))
            return false
        }
        if pacer.isBlocked(at: now) { return false }
        guard pacer.takeRejection(at: now) else {
            report(.rejectionIgnored(why: "there were too many in a short time"))
            return false
        }
        holding.tokens?.access.rejection = .rejected
        rejected = held.token.value
        report(.tokenRejected)
        return true
    }

    /// The API accepted a request with this token.
    mutating func accept(_ token: AccessToken) {
        guard let held, held.token == token else { return }
        proof.accepted()
        if held.rejection == .suspect { holding.tokens?.access.rejection = .none }
    }
}
