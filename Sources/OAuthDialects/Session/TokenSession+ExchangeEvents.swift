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

    private func seconds(since moment: Moment) -> String {
        ((clock.now - moment.now) / .seconds(1)).formatted(.number.precision(.fractionLength(3)))
    }
}
