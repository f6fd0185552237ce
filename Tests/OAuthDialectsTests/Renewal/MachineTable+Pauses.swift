import Foundation
import OAuthDialects

/// When a refresh token is presented again, and what ends a pause or leaves it.
extension MachineTable {
    private static let date = MachineRig.start.date.addingTimeInterval(3700)
    private static let misconfigured = MachineInput.refused(.fixConfiguration(hint: "Fix it."))
    private static let sameCredentials = MachineInput.ends(.loadedCredentials(areNew: false))

    /// A user's session that was signed in, whose renewal's answer was lost while its token worked.
    private static let unanswered = MachineInput.all([
        .signedIn, .accepted, .passes(3500), .asks(2), .loaded, .read(nil), .locked(nil), .saved, .lost(), .finished,
        .passes(2),
    ])

    /// A client's token `b`, which was rejected after it replaced a rejected one: for a minute rejections renew nothing.
    private static let disproved = MachineInput.all([
        .holding(), .rejected(by: 2), .loaded, .read(nil), .locked(nil), .madeGrant, .tokens("b"), .saved, .finished,
        .rejected(by: 3),
    ])

    private static let dead = MachineInput.all([
        .signsIn(1), .loaded, .read(nil), .locked(nil), .tokens("a"), .saved, .finished, .accepted, .rejected(by: 2),
        .loaded, .read(nil), .locked(nil), .finished,
    ])

    /// A client whose budget is used up: seven renewals brought tokens, and the three attempts of the eighth failed.
    private static let spent: MachineInput = {
        let renewing = [.wantsRenewal(2), .loaded, .read(nil), .locked(nil), .madeGrant] as [MachineInput]
        let renewal = renewing + [.tokens("a"), .saved, .finished]
        let again = [.passes(2), .timer, .madeGrant] as [MachineInput]
        let failure = renewing + [.lost()] + again + [.lost()] + again + [.lost(), .finished, .passes(1)]
        return .all([.holding()] + Array(repeating: renewal, count: 6).flatMap(\.self) + failure)
    }()

    private static func record(_ refusals: TokenRecord.RefreshStanding.Refusals) -> TokenRecord {
        .sample("old", refresh: "r", standing: TokenRecord.RefreshStanding(refusals: refusals))
    }

    /// A user's session that finds a record with an expired token 100 s after its end.
    private static func finding(_ record: TokenRecord) -> MachineInput {
        .all([.passes(3700), .asks(1), .loaded, .read(record), .locked(record)])
    }

    static let pauses = [
        Row(
            "Who asks for a renewal has a refresh token presented whose answer was lost",
            user: true,
            given: [unanswered, .wantsRenewal(3), .loaded, .read(nil)],
            when: .locked(nil),
            then: ["mark r as sent", "wake in 12 s"]
        ),
        Row(
            "A rejection has a refresh token presented whose answer was lost",
            user: true,
            given: [unanswered, .rejected(by: 3), .loaded, .read(nil)],
            when: .locked(nil),
            then: ["mark r as sent", "wake in 12 s"]
        ),
        Row(
            "A word that nobody knows counts for nothing while the token works",
            user: true,
            given: [.signedIn, .wantsRenewal(2), .loaded, .read(nil), .locked(nil), .saved],
            when: .refused(.unknown),
            then: ["finish, saving a, r ready", "answer 2: refused", "report renewalFailed", "report tokenServed"]
        ),
        Row(
            "Two words that nobody knows sign nobody out",
            user: true,
            given: [
                finding(record(.unknown(count: 1, first: date - 900, last: date - 60))), .saved,
            ],
            when: .refused(.unknown),
            then: [
                "finish, saving old, r refused with unknown words (2)", "answer 1: refused", "report renewalFailed",
            ]
        ),
        Row(
            "After three words that nobody knows the token is presented once an hour",
            user: true,
            when: finding(record(.unknown(count: 3, first: date - 5000, last: date - 3599))),
            then: ["finish", "answer 1: signInRequired", "report renewalFailed"]
        ),
        Row(
            "A date that is a day ahead comes from a wrong clock and delays nothing",
            user: true,
            given: [finding(record(.definite(count: 1, last: date + 172_800)))],
            when: .saved,
            then: ["refresh with r", "wake in 11 s"]
        ),
        Row(
            "A refusal that another process stored for the same record counts",
            user: true,
            given: [.passes(3700), .asks(1), .loaded, .read(record(.none))],
            when: .locked(record(.definite(count: 1, last: date - 10))),
            then: ["finish", "answer 1: signInRequired", "report renewalFailed", "report signInRequired"]
        ),
        Row(
            "A source of credentials that fails keeps nobody from looking at the store",
            given: [.asks(1), .failed(.invalidCredentials), .finished, .asks(2)],
            when: .failed(.invalidCredentials),
            then: ["read the store", "wake in 1 s"]
        ),
        Row(
            "Who waits for a look waits for the renewal that it leads to",
            given: [
                .passes(3700), .asking, misconfigured, sameCredentials, .finished, .asks(2), sameCredentials,
                .read(.sample("old")), .loaded, .passes(1),
            ],
            when: .timer,
            then: ["wake in 9 s"]
        ),
        Row(
            "A client that is refused after a long wait for a connection authenticates all the same",
            given: [
                .holding(refresh: "r"), .passes(3600), .asks(2), .loaded, .read(nil), .locked(nil), .saved, .passes(25),
            ],
            when: .refused(.discardGrant),
            then: ["make a grant", "wake in 10 s"]
        ),
        Row(
            "An adopted record leaves what the provider asked for",
            given: [.asking, .throttled(until: 600), .finished, .asks(2), .loaded, .read(.sample("b")), .finished],
            when: .rejected(by: 3),
            then: ["answer 3: b", "report rejectionIgnored"]
        ),
        Row(
            "Who asks for a renewal meanwhile hears that the provider wants a pause",
            given: [.asking, .throttled(until: 600), .finished, .asks(2), .loaded, .read(.sample("b")), .finished],
            when: .wantsRenewal(3),
            then: ["answer 3: unavailable"]
        ),
        Row(
            "An adopted record ends the session's own backoff",
            given: [
                .asks(1), .failed(.invalidCredentials), .finished, .asks(2), .loaded, .read(.sample("b")), .finished,
            ],
            when: .rejected(by: 3),
            then: ["load credentials", "report tokenRejected", "report renewalStarted", "wake in 10 s"]
        ),
        Row(
            "A newer record ends the memory of a refusal although its token has expired",
            given: [.passes(3700), .asking, misconfigured, sameCredentials, .finished, .asks(2), sameCredentials],
            when: .read(.sample("old")),
            then: ["finish", "load credentials", "report renewalStarted", "wake in 10 s"]
        ),
        Row(
            "Who asks for a renewal ends the memory of a refusal",
            given: [.asking, misconfigured, sameCredentials, .finished],
            when: .wantsRenewal(2),
            then: ["load credentials", "report renewalStarted", "wake in 10 s"]
        ),
        Row(
            "The memory of a second refusal lasts ten seconds",
            given: [
                .asking, misconfigured, sameCredentials, .finished, .passes(5), .asks(2), sameCredentials, .read(nil),
                .locked(nil), .madeGrant, misconfigured, sameCredentials, .finished, .passes(9.9),
            ],
            when: .asks(3),
            then: ["load credentials", "wake in 1 s"]
        ),
        Row(
            "An acceptance does not end a pause of rejections",
            given: [disproved, .passes(59), .accepted],
            when: .rejected(by: 4),
            then: ["answer 4: b"]
        ),
        Row(
            "A request that is rejected with two tokens begins a pause although another was accepted",
            given: [
                .holding(), .rejected(by: 2), .loaded, .read(nil), .locked(nil), .madeGrant, .tokens("b"), .saved,
                .finished, .accepted,
            ],
            when: .rejectedAgain,
            then: ["report rejectionIgnored"]
        ),
        Row(
            "A second rejection by a request whose first token was another is one like any other",
            given: [
                .holding(), .rejected(by: 2), .loaded, .read(nil), .locked(nil), .madeGrant, .tokens("b"), .saved,
                .finished, .accepted, .rejected(by: 3), .loaded, .read(nil), .locked(nil), .madeGrant, .tokens("c"),
                .saved, .finished, .accepted,
            ],
            when: .rejectedLate,
            then: ["report tokenRejected"]
        ),
        Row(
            "While rejections are paused, a second rejection makes the pause no longer",
            given: [disproved, .passes(59), .rejectedAgain, .passes(1)],
            when: .rejected(by: 4),
            then: ["load credentials", "report tokenRejected", "report renewalStarted", "wake in 10 s"]
        ),
        Row(
            "The second pause of rejections lasts two minutes",
            given: [
                disproved, .passes(60), .rejected(by: 4), .loaded, .read(nil), .locked(nil), .madeGrant, .tokens("c"),
                .saved, .finished, .rejected(by: 5), .passes(119), .accepted,
            ],
            when: .rejected(by: 6),
            then: ["answer 6: c"]
        ),
        Row(
            "A dead token is handed out after one, two, and four minutes",
            user: true,
            given: [dead, .passes(60), .asks(3), .passes(120), .asks(4), .passes(239), .asks(5), .loaded],
            when: .read(nil),
            then: ["finish", "answer 5: signInRequired"]
        ),
        Row(
            "Ten minutes after a sign-in a rejection counts although nothing accepted its token",
            user: true,
            given: [.signedIn, .passes(600), .rejected(by: 2), .loaded, .read(nil), .locked(nil), .saved],
            when: .refused(.discardGrant),
            then: [
                "finish, saving a, r refused (1)", "answer 2: signInRequired", "report renewalFailed",
                "report signInRequired",
            ]
        ),
        Row(
            "After a quarter of an hour without a rejection the pauses start anew",
            given: [
                disproved, .passes(901), .rejected(by: 4), .loaded, .read(nil), .locked(nil), .madeGrant, .tokens("c"),
                .saved, .finished, .rejected(by: 5), .passes(60), .accepted,
            ],
            when: .rejected(),
            then: ["report tokenRejected"]
        ),
        Row(
            "A rejected token is not adopted from the store",
            given: [.holding(), .rejected(by: 2), .loaded],
            when: .read(.sample("a")),
            then: ["lock the store", "wake in 12 s"]
        ),
        Row(
            "Over its budget a session says why the provider failed",
            given: [spent, .wantsRenewal(3), .loaded, .read(nil)],
            when: .locked(nil),
            then: ["finish", "answer 3: unavailable", "report renewalFailed", "report tokenServed"]
        ),
        Row(
            "A pause of the budget does not end the backoff: one attempt follows",
            given: [
                spent, .wantsRenewal(3), .loaded, .read(nil), .locked(nil), .finished, .passes(10), .wantsRenewal(4),
                .loaded, .read(nil), .locked(nil), .madeGrant,
            ],
            when: .lost(),
            then: ["finish", "answer 4: unavailable", "report renewalFailed", "report tokenServed"]
        ),
        Row(
            "After eight failures a second is too short a pause",
            given: Array(
                repeating: MachineInput.all([.passes(300), .asks(1), .failed(.invalidCredentials), .finished]),
                count: 8
            ) + [.passes(1)],
            when: .asks(2),
            then: ["load credentials", "wake in 1 s"]
        ),
        Row(
            "A refused authentication says nothing about a refresh token whose answer was lost",
            given: [
                .holding(refresh: "r"), .wantsRenewal(2), .loaded, .read(nil), .locked(nil), .saved, .lost(),
                .madeGrant, misconfigured,
            ],
            when: sameCredentials,
            then: ["finish, saving a, r sent", "answer 2: refused", "report renewalFailed", "report tokenServed"]
        ),
        Row(
            "What waits for a free connection has its whole time afterwards",
            gated: true,
            given: [.asks(1), .loaded, .read(nil), .locked(nil)],
            when: .madeGrant,
            then: ["authenticate with client_credentials", "wake in 41 s"]
        ),
        Row(
            "A lock that is not free in time is called so",
            user: true,
            given: [.asks(1, timeout: 60), .loaded, .read(nil), .passes(12), .timer],
            when: .failed(.storeFailed),
            then: ["finish", "answer 1: storeBusy", "report storeBusy", "report renewalFailed"]
        ),
    ]
}
