import OAuthDialects

extension Timeline {
    /// Tells an action of the app.
    func app(_ text: String) { tell("app", .app, text) }

    /// Tells an action or a state of the provider.
    func provider(_ text: String) { tell("provider", .provider, text) }

    /// Tells a request on the wire; its answer has the same number.
    func sent(_ text: String, _ number: Int) { tell("wire \("\(number)".padded(to: 2, isRight: true)) →", nil, text) }

    /// Tells an answer on the wire, or a failure.
    func received(_ text: String, _ number: Int, isGood: Bool) {
        tell("wire \("\(number)".padded(to: 2, isRight: true)) ←", isGood ? nil : .provider, text)
    }

    /// Tells an event of the session; requests have lines of their own.
    func session(_ event: SessionEvent) {
        guard ![.exchangeSent, .exchangeAnswered].contains(event.name) else { return }
        tell("session", .session, event.message)
    }

    /// Tells an event of a session with a real provider, token requests included.
    func live(_ event: SessionEvent) {
        switch event.name {
        case .exchangeSent, .exchangeAnswered: tell("wire", nil, event.message)
        default: session(event)
        }
    }
}
