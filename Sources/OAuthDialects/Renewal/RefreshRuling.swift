internal import Foundation

/// Whether the refresh token in hand may be presented.
enum RefreshRuling {
    case present(RefreshToken)
    case later(SessionInstant, why: String)
    case never(why: String)
}

extension SessionMachine {
    /// Whether a renewal could do more than read the store.
    func canRenew(at now: SessionInstant) -> Bool {
        if case .present = refreshRuling(at: now) { true } else { isClient }
    }

    /// What may be done with the refresh token in hand; `renew()` asks for more than time does.
    func refreshRuling(at now: SessionInstant, isAsked: Bool = false) -> RefreshRuling {
        guard policy.refreshTokens != .ignore, let record, let token = record.refreshToken else {
            return .never(why: "no refresh token")
        }
        return isClient ? clientRuling(token, record, at: now) : userRuling(token, record, at: now, isAsked: isAsked)
    }

    /// A client authenticates instead of presenting a token that may be of no use.
    private func clientRuling(_ token: RefreshToken, _ record: TokenRecord, at now: SessionInstant) -> RefreshRuling {
        if let end = holding.tokens?.refreshEnd, end <= now { return .never(why: "the refresh token has expired") }
        if record.refreshStanding.refusals != .none { return .never(why: "the refresh token was refused") }
        let isLost = record.refreshStanding.isSent && rotation != .reusable
        return isLost ? .never(why: "the answer to a refresh was lost") : .present(token)
    }

    /// A user's token is the only way back to a token, so it is presented again: giving up loses the sign-in for certain.
    private func userRuling(
        _ token: RefreshToken,
        _ record: TokenRecord,
        at now: SessionInstant,
        isAsked: Bool
    ) -> RefreshRuling {
        let standing = record.refreshStanding
        let isRejected = held?.isRejected ?? false
        var (due, why) = (now, "")
        switch standing.refusals {
        case .early(let count, let last) where !isRejected:
            let last = instant(of: last)
            let end = held?.windows.map { $0.expiry + Self.afterEnd } ?? .distantFuture
            due = count < 3 ? min(last + Self.presentAgain[max(count, 1) - 1], end) : end
            why = "a refresh was refused before the token expired"
        case .definite(let count, let last):
            due = instant(of: last) + Self.presentAgain[min(max(count, 1), 3) - 1]
            why = "the refresh token was refused"
        case .unknown(_, _, let last) where standing.isRefused:
            due = instant(of: last) + Self.presentAgain[1]
            why = "the refresh token was refused with unknown words"
        case .none, .early, .unknown:
            break
        }
        if standing.isSent, rotation != .reusable, !isAsked, !isRejected, let held, held.isLive(at: now) {
            let mandatory = held.windows?.mandatory ?? .distantFuture
            if mandatory > due {
                (due, why) = (mandatory, "the answer to a refresh was lost; again when the token expires")
            }
        }
        return due <= now ? .present(token) : .later(due, why: why)
    }

    /// The monotonic instant of a stored date; one in the future, by more than two clocks differ, delays nothing.
    private func instant(of date: Date) -> SessionInstant {
        let age = Lifetime.between(date, moment.date)
        return age < .seconds(-5 * 60) ? .distantPast : moment.now - age
    }

    /// How long after a definite refusal the refresh token is presented again: the first time, the second, and from then on.
    private static let presentAgain: [Duration] = [.seconds(5 * 60), .seconds(3600), .seconds(24 * 3600)]

    /// How long after the end of its access token a definite refusal counts: clocks differ by seconds.
    static let afterEnd = Duration.seconds(5)
}
