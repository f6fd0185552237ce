import OAuthDialects

/// Steps that never end, and stores that another process takes over.
extension MachineTable {
    static let interruptions = [
        Row(
            "A token request that never ends is given up, and its answer counts as lost",
            user: true,
            given: [.signsIn(1), .loaded, .read(nil), .locked(nil), .passes(11), .timer],
            when: .abandoned,
            then: ["finish", "answer 1: unavailable", "report renewalFailed"]
        ),
        Row(
            "A request that can't be made ends the renewal of a client",
            given: [.asking],
            when: .ends(.exchanged(.invalid(.sample(.redirected)))),
            then: ["finish", "answer 1: redirected", "report renewalFailed"]
        ),
        Row(
            "A source that fails when it is asked for other credentials ends the renewal",
            given: [.asking, .refused(.fixConfiguration(hint: "Fix it."))],
            when: .failed(.invalidCredentials),
            then: ["finish", "answer 1: refused", "report renewalFailed"]
        ),
        Row(
            "A client whose lock was taken over before it saved the earlier record goes on without it",
            given: [.asking, .tokens("a"), .failed(), .finished, .wantsRenewal(2), .loaded, .read(nil), .locked(nil)],
            when: .ends(.overtaken(by: nil, busy)),
            then: ["make a grant", "report storeBusy", "wake later"]
        ),
        Row(
            "The token of the process that took the lock over is served instead of the new one",
            given: [.asking, .tokens("a")],
            when: .ends(.overtaken(by: .sample("theirs"), busy)),
            then: ["finish", "answer 1: theirs", "report tokenAdopted", "report storeFailed"]
        ),
        Row(
            "A new token is served although its save was overtaken",
            given: [.asking, .tokens("a")],
            when: .ends(.overtaken(by: nil, busy)),
            then: ["finish", "answer 1: a", "report storeFailed", "report renewalSucceeded", "wake later"]
        ),
        Row(
            "A save that never ends is given up, and the token is served",
            given: [.asking, .asks(2, timeout: 60), .tokens("a"), .passes(12), .timer],
            when: .abandoned,
            then: ["finish", "answer 2: a", "report storeFailed", "report renewalSucceeded", "wake later"]
        ),
        Row(
            "A token in hand outlives a new one that expired while it was being saved",
            given: [
                .holding(), .passes(1), .wantsRenewal(2), .loaded, .read(nil), .locked(nil), .madeGrant,
                .tokens("b", lifetime: 2), .passes(5),
            ],
            when: .saved,
            then: ["finish", "answer 2: a", "report renewalSucceeded"]
        ),
        Row(
            "A refused code says nothing to a caller who asked for a newer token",
            user: true,
            given: [.signsIn(1), .loaded, .read(nil), .locked(nil), .wantsRenewal(2)],
            when: .refused(.discardGrant),
            then: [
                "finish", "load credentials", "answer 1: refused", "report renewalFailed", "report renewalStarted",
                "wake in 10 s",
            ]
        ),
        Row(
            "A sign-out answers a sign-in that waits for its turn",
            given: [.asking, .signsIn(2)],
            when: .signsOut(3),
            then: ["answer 1: signedOut", "answer 2: signedOut", "report signedOut", "wake in 30 s"]
        ),
        Row(
            "Upkeep that can do nothing looks again in the token's last minute",
            user: true,
            given: [
                .signedIn, .passes(3400), .upkeep, .loaded, .read(nil), .locked(nil), .saved, .lost(), .finished,
                .passes(100), .upkeep,
            ],
            when: .all([.passes(41), .asks(2)]),
            then: ["load credentials", "report renewalStarted", "wake in 2 s"]
        ),
        Row(
            "A step whose time is over is cancelled, and a result that it brings all the same counts",
            given: [.asks(1, timeout: 60), .loaded, .read(nil), .passes(12), .timer],
            when: .ends(.locked(nil)),
            then: ["make a grant", "wake in 10 s"]
        ),
        Row(
            "A caller is answered at the deadline although a step does not end",
            given: [.asks(1), .passes(10)],
            when: .timer,
            then: ["cancel the step", "answer 1: timedOut"]
        ),
        Row(
            "A session that was overtaken while it signed out tries again",
            given: [.holding(), .signsOut(2), .loaded, .locked(nil)],
            when: .ends(.overtaken(by: .sample("theirs"), busy)),
            then: ["finish", "report storeFailed", "wake later"]
        ),
        Row(
            "A token that expired while it was saved does not replace one that works",
            given: [
                .holding(lifetime: nil), .wantsRenewal(2), .loaded, .read(nil), .locked(nil), .madeGrant,
                .tokens("b", lifetime: 10), .passes(11), .saved,
            ],
            when: .asks(3),
            then: ["answer 3: a"]
        ),
        Row(
            "A save that can't be tried again does not shorten what the provider asked for",
            given: [
                .asking, .tokens("a", lifetime: 20), .failed(), .finished, .passes(30), .asks(2), .loaded, .read(nil),
                .locked(nil), .failed(), .madeGrant, .throttled(until: 900), .finished, .passes(60), .timer,
                .failed(.invalidCredentials), .finished, .passes(600),
            ],
            when: .wantsRenewal(3),
            then: ["answer 3: unavailable"]
        ),
    ]
}
