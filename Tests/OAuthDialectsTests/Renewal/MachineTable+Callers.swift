import OAuthDialects

/// What callers ask for.
extension MachineTable {
    static let callers = [
        Row(
            "A first caller starts a renewal",
            when: .asks(1),
            then: ["load credentials", "report renewalStarted", "wake in 10 s"]
        ),
        Row(
            "A second caller waits for the same renewal",
            given: [.asks(1)],
            when: .asks(2, timeout: 3),
            then: ["wake in 3 s"]
        ),
        Row(
            "A fresh token is served",
            given: [.holding()],
            when: .asks(2),
            then: ["answer 2: a"]
        ),
        Row(
            "In the advisory window the token is served and renewed",
            given: [.holding(), .passes(3450)],
            when: .asks(2),
            then: ["load credentials", "answer 2: a", "report renewalStarted", "wake in 10 s"]
        ),
        Row(
            "In its last minute a caller waits two seconds at most",
            given: [.holding(), .passes(3550)],
            when: .asks(2),
            then: ["load credentials", "report renewalStarted", "wake in 2 s"]
        ),
        Row(
            "After two seconds the caller gets the token in hand",
            given: [.holding(), .passes(3550), .asks(2), .passes(2)],
            when: .timer,
            then: ["answer 2: a", "wake in 8 s"]
        ),
        Row(
            "A caller whose timeout has passed is told so, and the renewal goes on",
            given: [.asks(1, timeout: 3), .passes(3)],
            when: .timer,
            then: ["answer 1: timedOut", "wake in 7 s"]
        ),
        Row(
            "A caller who leaves changes nothing",
            given: [.asks(1)],
            when: .leaves(1),
            then: []
        ),
        Row(
            "Who asks for a renewal gets one although the token is fresh",
            given: [.holding()],
            when: .wantsRenewal(2),
            then: ["load credentials", "report renewalStarted", "wake in 10 s"]
        ),
        Row(
            "While the session backs off a caller causes a look at the store",
            given: [.asks(1), .failed(.invalidCredentials), .finished],
            when: .asks(2),
            then: ["load credentials", "wake in 1 s"]
        ),
        Row(
            "A look that finds nothing new answers with the last error",
            given: [.asks(1), .failed(.invalidCredentials), .finished, .asks(2), .loaded],
            when: .read(nil),
            then: ["finish", "answer 2: invalidCredentials"]
        ),
        Row(
            "A look that finds another process's token answers with it",
            given: [.asks(1), .failed(.invalidCredentials), .finished, .asks(2), .loaded],
            when: .read(.sample("theirs")),
            then: ["finish", "answer 2: theirs", "report tokenAdopted"]
        ),
        Row(
            "Between two looks a caller gets the last error at once",
            given: [
                .asks(1), .failed(.invalidCredentials), .finished, .asks(2), .loaded, .read(nil), .finished,
                .passes(0.5),
            ],
            when: .asks(3),
            then: ["answer 3: invalidCredentials"]
        ),
        Row(
            "A look that takes a second is given up by its caller",
            given: [.asks(1), .failed(.invalidCredentials), .finished, .asks(2), .loaded, .passes(1)],
            when: .timer,
            then: ["cancel the step", "answer 2: invalidCredentials"]
        ),
        Row(
            "Other credentials end the memory of a refusal",
            given: [
                .asking, .refused(.fixConfiguration(hint: "Fix it.")), .ends(.loadedCredentials(areNew: false)),
                .finished, .asks(2), .loaded,
            ],
            when: .read(nil),
            then: ["finish", "load credentials", "report renewalStarted", "wake in 10 s"]
        ),
        Row(
            "A rejection renews for the caller who waits",
            given: [.holding()],
            when: .rejected(by: 2),
            then: ["load credentials", "report tokenRejected", "report renewalStarted", "wake in 10 s"]
        ),
        Row(
            "A rejection that nobody waits for is remembered",
            given: [.holding()],
            when: .rejected(),
            then: ["report tokenRejected"]
        ),
        Row(
            "The rejection of a replacement that nothing accepted renews nothing",
            given: [
                .holding(), .rejected(by: 2), .loaded, .read(nil), .locked(nil), .madeGrant, .tokens("b"), .saved,
                .finished,
            ],
            when: .rejected(by: 3),
            then: ["answer 3: b", "report rejectionIgnored"]
        ),
        Row(
            "After an acceptance a rejection counts again",
            given: [
                .holding(), .rejected(by: 2), .loaded, .read(nil), .locked(nil), .madeGrant, .tokens("b"), .saved,
                .finished, .accepted,
            ],
            when: .rejected(),
            then: ["report tokenRejected"]
        ),
        Row(
            "Upkeep gets the first token",
            when: .upkeep,
            then: ["load credentials", "report renewalStarted", "wake in 10 s"]
        ),
        Row(
            "Upkeep leaves a fresh token alone",
            given: [.holding()],
            when: .upkeep,
            then: []
        ),
        Row(
            "Upkeep renews a token that expires soon",
            given: [.holding(), .passes(3450)],
            when: .upkeep,
            then: ["load credentials", "report renewalStarted", "wake in 10 s"]
        ),
        Row(
            "An acceptance decides nothing",
            given: [.holding()],
            when: .accepted,
            then: []
        ),
    ]
}
