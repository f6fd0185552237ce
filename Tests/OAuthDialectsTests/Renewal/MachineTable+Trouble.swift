import Foundation
import OAuthDialects

/// A user's session in trouble: what it presents again, and when it says that a person has to sign in.
extension MachineTable {
    /// A renewal of a user's token that has expired, up to the refresh token's exchange.
    private static func refreshing(after seconds: Double, by id: Waiters.ID = 2) -> MachineInput {
        .all([.passes(seconds), .asks(id), .loaded, .read(nil), .locked(nil), .saved])
    }

    private static let renewing = MachineInput.all([.wantsRenewal(2), .loaded, .read(nil), .locked(nil), .saved])

    /// A renewal that only time asks for, in the advisory window.
    private static let inBackground = MachineInput.all([
        .passes(3500), .asks(2), .loaded, .read(nil), .locked(nil), .saved,
    ])

    private static func refused(_ count: Int, ago seconds: Double) -> TokenRecord.RefreshStanding {
        let last = MachineRig.start.date.addingTimeInterval(3700 - seconds)
        return TokenRecord.RefreshStanding(refusals: .definite(count: count, last: last))
    }

    private static func unknown(_ count: Int, first: Double, last: Double) -> TokenRecord.RefreshStanding {
        let date = MachineRig.start.date.addingTimeInterval(3700)
        let (first, last) = (date.addingTimeInterval(-first), date.addingTimeInterval(-last))
        return TokenRecord.RefreshStanding(refusals: .unknown(count: count, first: first, last: last))
    }

    /// A user's session that finds a record with an expired token 100 s after its end.
    private static func finding(_ standing: TokenRecord.RefreshStanding) -> MachineInput {
        let record = TokenRecord.sample("old", refresh: "r", standing: standing)
        return .all([.passes(3700), .asks(1), .loaded, .read(record), .locked(record)])
    }

    static let trouble = [
        Row(
            "A refusal while the token works is early, and signs nobody out",
            user: true,
            given: [.signedIn, renewing],
            when: .refused(.discardGrant),
            then: [
                "finish, saving a, r refused early (1)", "answer 2: refused", "report renewalFailed",
                "report tokenServed",
            ]
        ),
        Row(
            "A refusal at the token's end is early, so the renewal waits for another attempt",
            user: true,
            given: [.signedIn, refreshing(after: 3600)],
            when: .refused(.discardGrant),
            then: ["wake in 5 s"]
        ),
        Row(
            "Five seconds after the token's end the refused token is presented again",
            user: true,
            given: [.signedIn, refreshing(after: 3600), .refused(.discardGrant), .passes(5)],
            when: .timer,
            then: ["mark r as sent, refused early (1)", "wake in 5 s"]
        ),
        Row(
            "A refusal after the token's end signs out",
            user: true,
            given: [.signedIn, refreshing(after: 3600), .refused(.discardGrant), .passes(5), .timer, .saved],
            when: .refused(.discardGrant),
            then: [
                "finish, saving a, r refused (1)", "answer 2: signInRequired", "report renewalFailed",
                "report signInRequired",
            ]
        ),
        Row(
            "A refused token is presented again after five minutes",
            user: true,
            given: [finding(refused(1, ago: 300))],
            when: .saved,
            then: ["refresh with r", "wake in 11 s"]
        ),
        Row(
            "A refused token is not presented within five minutes",
            user: true,
            given: [.passes(3700), .asks(1), .loaded],
            when: .all([
                .read(.sample("old", refresh: "r", standing: refused(1, ago: 299))),
                .locked(.sample("old", refresh: "r", standing: refused(1, ago: 299))),
            ]),
            then: ["finish", "answer 1: signInRequired", "report renewalFailed"]
        ),
        Row(
            "A refusal that the store dates in the future, before a clock was set back, delays nothing",
            user: true,
            given: [finding(refused(1, ago: -3600))],
            when: .saved,
            then: ["refresh with r", "wake in 11 s"]
        ),
        Row(
            "The third time it is presented after a day",
            user: true,
            given: [finding(refused(3, ago: 24 * 3600))],
            when: .saved,
            then: ["refresh with r", "wake in 11 s"]
        ),
        Row(
            "A failure that may pass does not take the report back",
            user: true,
            given: [finding(refused(1, ago: 300)), .saved],
            when: .throttled(until: 4700),
            then: ["finish, saving old, r refused (1)", "answer 1: signInRequired", "report renewalFailed"]
        ),
        Row(
            "A lost answer is followed by another attempt if no token works",
            user: true,
            given: [.signedIn, refreshing(after: 3700)],
            when: .lost(),
            then: ["wake later"]
        ),
        Row(
            "A lost answer is left alone while the token works",
            user: true,
            given: [.signedIn, inBackground],
            when: .lost(),
            then: ["finish, saving a, r sent", "report renewalFailed", "report tokenServed"]
        ),
        Row(
            "A refresh token whose answer was lost is presented again in the last minute",
            user: true,
            given: [
                .signedIn, inBackground, .lost(), .finished, .passes(70), .asks(3), .loaded, .read(nil), .locked(nil),
            ],
            when: .saved,
            then: ["refresh with r", "wake in 11 s"]
        ),
        Row(
            "What was not sent leaves no mark",
            user: true,
            given: [
                .signedIn, refreshing(after: 3700), .lost(mayHaveArrived: false), .passes(1), .timer, .saved,
                .lost(mayHaveArrived: false), .passes(2), .timer, .saved,
            ],
            when: .lost(mayHaveArrived: false),
            then: ["finish, saving a, r ready", "answer 2: unavailable", "report renewalFailed"]
        ),
        Row(
            "A word that nobody knows backs off",
            user: true,
            given: [.signedIn, refreshing(after: 3700)],
            when: .refused(.unknown),
            then: [
                "finish, saving a, r refused with unknown words (1)", "answer 2: refused", "report renewalFailed",
            ]
        ),
        Row(
            "The third word that nobody knows, a quarter of an hour after the first, signs out",
            user: true,
            given: [finding(unknown(2, first: 900, last: 60)), .saved],
            when: .refused(.unknown),
            then: [
                "finish, saving old, r refused with unknown words (3)", "answer 1: signInRequired",
                "report renewalFailed", "report signInRequired",
            ]
        ),
        Row(
            "Three words that nobody knows in ten minutes sign nobody out",
            user: true,
            given: [finding(unknown(2, first: 600, last: 60)), .saved],
            when: .refused(.unknown),
            then: [
                "finish, saving old, r refused with unknown words (3)", "answer 1: refused", "report renewalFailed",
            ]
        ),
        Row(
            "A token that the API and the provider reject is dead: the request that found out says so",
            user: true,
            given: [
                .signedIn, .accepted, .rejected(by: 2), .loaded, .read(nil), .locked(nil), .saved,
            ],
            when: .refused(.discardGrant),
            then: [
                "finish, saving a, r refused (1)", "answer 2: signInRequired", "report renewalFailed",
                "report signInRequired",
            ]
        ),
        Row(
            "A sign-in whose first token is rejected at once proves nothing: the token stays",
            user: true,
            given: [.signedIn, .rejected(by: 2), .loaded, .read(nil), .locked(nil), .saved],
            when: .refused(.discardGrant),
            then: [
                "finish, saving a, r refused (1)", "answer 2: a", "report renewalFailed", "report tokenServed",
            ]
        ),
        Row(
            "A dead token is handed to a request of the session, which shows whether it works again",
            user: true,
            given: [
                .signedIn, .accepted, .rejected(by: 2), .loaded, .read(nil), .locked(nil), .saved,
                .refused(.discardGrant), .finished,
            ],
            when: .asksForRequest(3),
            then: ["answer 3: a"]
        ),
        Row(
            "A dead token is handed to nobody else for a minute",
            user: true,
            given: [
                .signedIn, .accepted, .rejected(by: 2), .loaded, .read(nil), .locked(nil), .saved,
                .refused(.discardGrant), .finished, .passes(59), .asks(3), .loaded,
            ],
            when: .read(nil),
            then: ["finish", "answer 3: signInRequired"]
        ),
        Row(
            "After a minute one caller gets a dead token",
            user: true,
            given: [
                .signedIn, .accepted, .rejected(by: 2), .loaded, .read(nil), .locked(nil), .saved,
                .refused(.discardGrant), .finished, .passes(60),
            ],
            when: .asks(3),
            then: ["answer 3: a"]
        ),
        Row(
            "An acceptance brings a dead token back",
            user: true,
            given: [
                .signedIn, .accepted, .rejected(by: 2), .loaded, .read(nil), .locked(nil), .saved,
                .refused(.discardGrant), .finished, .asksForRequest(3), .acceptedLast,
            ],
            when: .asks(4),
            then: ["answer 4: a"]
        ),
        Row(
            "Without a refresh token a rejected sign-in is dead too",
            user: true,
            given: [
                .signsIn(1), .loaded, .read(nil), .locked(nil), .tokens("a"), .saved, .finished, .accepted,
                .rejected(by: 2), .loaded, .read(nil),
            ],
            when: .locked(nil),
            then: ["finish", "answer 2: signInRequired", "report renewalFailed", "report signInRequired"]
        ),
        Row(
            "Nobody has signed in: callers are told, and nothing failed",
            user: true,
            given: [.upkeep, .loaded, .read(nil)],
            when: .locked(nil),
            then: ["finish", "report renewalFailed, as expected", "report signInRequired, as expected"]
        ),
        Row(
            "A caller who waits in the last second gets the token just before its end",
            given: [.holding(refresh: "r"), .passes(3594), .asks(2), .passes(0.9)],
            when: .timer,
            then: ["answer 2: a", "wake in 9.1 s"]
        ),
        Row(
            "A caller whose timer came after the token's end waits on",
            given: [.holding(refresh: "r"), .passes(3594), .asks(2), .passes(1.5)],
            when: .timer,
            then: ["wake in 8.5 s"]
        ),
        Row(
            "While backing off a renewal makes one attempt",
            given: [
                .asking, .lost(mayHaveArrived: false), .passes(1), .timer, .madeGrant, .lost(mayHaveArrived: false),
                .passes(2), .timer, .madeGrant, .lost(mayHaveArrived: false), .finished, .passes(300), .asks(2),
                .loaded,
                .read(nil), .locked(nil), .madeGrant,
            ],
            when: .lost(mayHaveArrived: false),
            then: ["finish", "answer 2: unavailable", "report renewalFailed"]
        ),
    ]
}
