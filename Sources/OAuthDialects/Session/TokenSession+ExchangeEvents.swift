internal import Foundation

extension TokenSession {
    func sent(_ request: WireRequest) -> SessionEvent {
        SessionEvent(.exchangeSent, .debug, request.summary, ["request": request.summary], at: clock.date)
    }

    func answered(_ response: WireResponse, since moment: Moment) -> SessionEvent {
        SessionEvent(
            .exchangeAnswered,
            .debug,
            response.description,
            ["status": "\(response.status)", "seconds": seconds(since: moment)],
            at: clock.date
        )
    }

    func unanswered(_ failure: TokenError, since moment: Moment) -> SessionEvent {
        SessionEvent(
            .exchangeAnswered,
            .warning,
            failure.message,
            ["failure": failure.code.description, "seconds": seconds(since: moment)],
            at: clock.date
        )
    }

    func deviated(_ deviation: AnswerDeviation) -> SessionEvent {
        SessionEvent(
            .answerDeviated,
            .notice,
            deviation.message,
            ["deviation": "\(deviation)"],
            at: clock.date
        )
    }

    func granted(lacking scopes: [String]) -> SessionEvent {
        let names = scopes.map { ProviderText.clean($0) }.joined(separator: " ")
        return SessionEvent(
            .scopesReduced,
            .notice,
            "Fewer scopes were granted than asked for; lacking: \(names).",
            ["lacking": names],
            at: clock.date
        )
    }

    private func seconds(since moment: Moment) -> String {
        SecondsText.of(clock.now - moment.now)
    }
}
