extension TokenSession {
    /// Tells listeners that a pool no longer holds the session.
    func tellEviction(capacity: Int) {
        let message = "The pool evicted a session to hold no more than \(capacity); its token is no longer kept fresh."
        tell(SessionEvent(.sessionEvicted, .notice, message, ["capacity": "\(capacity)"], at: clock.date))
    }
}
