import OAuthDialects

/// What fails, and what is done about it.
extension MachineTable {
    static let busy = TokenError(.storeBusy, "Another process took the lock over.", isTransient: true)

    static let failures = [
        Row(
            "A source of credentials that fails ends the renewal",
            given: [.asks(1)],
            when: .failed(.invalidCredentials),
            then: ["finish", "answer 1: invalidCredentials", "report renewalFailed"]
        ),
        Row(
            "A source of credentials that never answers is given up",
            given: [.asks(1, timeout: 60), .passes(10), .timer],
            when: .abandoned,
            then: ["finish", "answer 1: invalidCredentials", "report renewalFailed"]
        ),
        Row(
            "A store that can't be read is locked all the same",
            given: [.asks(1), .loaded],
            when: .failed(),
            then: ["lock the store", "wake in 12 s"]
        ),
        Row(
            "A client goes on without the lock",
            given: [.asks(1), .loaded, .read(nil)],
            when: .failed(.storeBusy),
            then: ["make a grant", "report storeBusy", "wake in 10 s"]
        ),
        Row(
            "A user's refresh token is never sent without the lock",
            user: true,
            given: [.signedIn, .passes(3600), .asks(2), .loaded, .read(nil)],
            when: .failed(.storeBusy),
            then: ["finish", "answer 2: storeBusy", "report storeBusy", "report renewalFailed"]
        ),
        Row(
            "A lock that is not free in time is given up",
            given: [.asks(1, timeout: 60), .loaded, .read(nil), .passes(12), .timer],
            when: .abandoned,
            then: ["make a grant", "report storeBusy", "wake in 10 s"]
        ),
        Row(
            "The late result of a step that was given up changes nothing",
            given: [.asks(1, timeout: 60), .loaded, .read(nil), .passes(12), .timer, .abandoned],
            when: .endsLate(.locked(.sample("theirs"))),
            then: []
        ),
        Row(
            "A mark that can't be saved does not keep the token from being used",
            given: [.holding(refresh: "r"), .wantsRenewal(2), .loaded, .read(nil), .locked(nil)],
            when: .failed(),
            then: ["refresh with r", "report storeFailed", "wake later"]
        ),
        Row(
            "A client whose lock was taken over authenticates",
            given: [.holding(refresh: "r"), .wantsRenewal(2), .loaded, .read(nil), .locked(nil)],
            when: .ends(.overtaken(by: nil, busy)),
            then: ["make a grant", "report storeBusy", "wake in 10 s"]
        ),
        Row(
            "A token of the process that took the lock over is used",
            given: [.holding(refresh: "r"), .wantsRenewal(2), .loaded, .read(nil), .locked(nil)],
            when: .ends(.overtaken(by: .sample("theirs"), busy)),
            then: ["finish", "answer 2: theirs", "report tokenAdopted", "report storeFailed"]
        ),
        Row(
            "Tokens that can't be saved are served and saved later",
            given: [.asking, .tokens("a")],
            when: .failed(),
            then: ["finish", "answer 1: a", "report storeFailed", "report renewalSucceeded", "wake later"]
        ),
        Row(
            "An earlier record that can't be saved does not end the renewal",
            given: [.asking, .tokens("a"), .failed(), .finished, .wantsRenewal(2), .loaded, .read(nil), .locked(nil)],
            when: .failed(),
            then: ["make a grant", "report storeFailed", "wake later"]
        ),
        Row(
            "A grant that can't be made ends the renewal",
            given: [.asks(1), .loaded, .read(nil), .locked(nil)],
            when: .failed(.invalidCredentials),
            then: ["finish", "answer 1: invalidCredentials", "report renewalFailed"]
        ),
        Row(
            "After a temporary failure the renewal waits to try again",
            given: [.asking],
            when: .lost(mayHaveArrived: false),
            then: ["wake later"]
        ),
        Row(
            "Its wait ends with another attempt",
            given: [.asking, .lost(mayHaveArrived: false), .passes(1)],
            when: .timer,
            then: ["make a grant", "wake in 9 s"]
        ),
        Row(
            "A client whose refresh token was refused authenticates in the same renewal",
            given: [.holding(refresh: "r"), .wantsRenewal(2), .loaded, .read(nil), .locked(nil), .saved],
            when: .refused(.discardGrant),
            then: ["make a grant", "wake in 10 s"]
        ),
        Row(
            "A user whose refresh token was refused has to sign in, and that is stored",
            user: true,
            given: [.signedIn, .passes(3605), .asks(2), .loaded, .read(nil), .locked(nil), .saved],
            when: .refused(.discardGrant),
            then: [
                "finish, saving a, r refused (1)", "answer 2: signInRequired", "report renewalFailed",
                "report signInRequired",
            ]
        ),
        Row(
            "A lost answer to a client's refresh leads to authenticating",
            given: [.holding(refresh: "r"), .wantsRenewal(2), .loaded, .read(nil), .locked(nil), .saved],
            when: .lost(),
            then: ["make a grant", "wake in 10 s"]
        ),
        Row(
            "A refused client asks for other credentials",
            given: [.asking],
            when: .refused(.fixConfiguration(hint: "Fix it.")),
            then: ["reload credentials", "wake in 10 s"]
        ),
        Row(
            "Other credentials are tried in the same renewal",
            given: [.asking, .refused(.fixConfiguration(hint: "Fix it."))],
            when: .ends(.loadedCredentials(areNew: true)),
            then: ["make a grant", "wake in 10 s"]
        ),
        Row(
            "The same credentials are not tried again",
            given: [.asking, .refused(.fixConfiguration(hint: "Fix it."))],
            when: .ends(.loadedCredentials(areNew: false)),
            then: ["finish", "answer 1: refused", "report renewalFailed"]
        ),
        Row(
            "A lock that could not be released is reported and the record saved later",
            given: [.asking, .tokens("a"), .saved],
            when: .ends(.finished(.sample(.storeFailed))),
            then: ["report storeFailed", "wake later"]
        ),
        Row(
            "What is read without the lock takes nothing back of a refusal that is being saved",
            user: true,
            given: [
                .signedIn, .passes(3605), .asks(2), .loaded, .read(nil), .locked(nil), .saved, .refused(.discardGrant),
                .wantsRenewal(3), .loaded, .finds(.sent, isLocked: false),
            ],
            when: .locked(nil),
            then: ["finish", "answer 3: signInRequired", "report renewalFailed"]
        ),
        Row(
            "A record that is saved again keeps the refusal that another process has stored",
            given: [
                .asking, .tokens("a", refresh: "r"), .saved, .ends(.finished(.sample(.storeFailed))), .passes(60),
                .wantsRenewal(2), .loaded, .read(nil),
            ],
            when: .finds(refusedOnce, isLocked: true),
            then: ["save the earlier a, r refused (1)", "wake in 12 s"]
        ),
    ]

    private static let refusedOnce = TokenRecord.RefreshStanding(
        refusals: .definite(count: 1, last: MachineRig.start.date)
    )
}
