import OAuthDialects

/// The stages of a renewal, one after another.
extension MachineTable {
    static let renewals = [
        Row(
            "After the credentials the store is read",
            given: [.asks(1)],
            when: .loaded,
            then: ["read the store", "wake in 12 s"]
        ),
        Row(
            "A token that another process stored is used",
            given: [.asks(1), .loaded],
            when: .read(.sample("theirs")),
            then: ["finish", "answer 1: theirs", "report tokenAdopted"]
        ),
        Row(
            "Without a token in the store its lock is taken",
            given: [.asks(1), .loaded],
            when: .read(nil),
            then: ["lock the store", "wake in 12 s"]
        ),
        Row(
            "A client without a refresh token makes its grant",
            given: [.asks(1), .loaded, .read(nil)],
            when: .locked(nil),
            then: ["make a grant", "wake in 10 s"]
        ),
        Row(
            "A token that was stored while the lock was awaited is used",
            given: [.asks(1), .loaded, .read(nil)],
            when: .locked(.sample("theirs")),
            then: ["finish", "answer 1: theirs", "report tokenAdopted"]
        ),
        Row(
            "A grant is presented",
            given: [.asks(1), .loaded, .read(nil), .locked(nil)],
            when: .madeGrant,
            then: ["authenticate with client_credentials", "wake in 11 s"]
        ),
        Row(
            "New tokens are saved before anyone gets them",
            given: [.asking],
            when: .tokens("a", refresh: "r"),
            then: ["save a, r ready", "wake in 12 s"]
        ),
        Row(
            "Saved tokens answer those who wait, in their order",
            given: [.asking, .asks(2), .asks(3), .tokens("a")],
            when: .saved,
            then: ["finish", "answer 1: a", "answer 2: a", "answer 3: a", "report renewalSucceeded"]
        ),
        Row(
            "A rotating refresh token is marked before it is presented",
            given: [.holding(refresh: "r"), .wantsRenewal(2), .loaded, .read(nil)],
            when: .locked(nil),
            then: ["mark r as sent", "wake in 12 s"]
        ),
        Row(
            "A marked refresh token is presented",
            given: [.holding(refresh: "r"), .wantsRenewal(2), .loaded, .read(nil), .locked(nil)],
            when: .saved,
            then: ["refresh with r", "wake in 11 s"]
        ),
        Row(
            "A reusable refresh token needs no mark",
            rotation: .reusable,
            given: [.holding(refresh: "r"), .wantsRenewal(2), .loaded, .read(nil)],
            when: .locked(nil),
            then: ["refresh with r", "wake in 11 s"]
        ),
        Row(
            "An answer without a refresh token keeps the old one",
            rotation: .reusable,
            given: [.holding(refresh: "r"), .wantsRenewal(2), .loaded, .read(nil), .locked(nil)],
            when: .tokens("b"),
            then: ["save b, r ready", "wake in 12 s"]
        ),
        Row(
            "What could not be saved is saved before the next exchange",
            given: [.asking, .tokens("a"), .failed(), .finished, .wantsRenewal(2), .loaded, .read(nil)],
            when: .locked(nil),
            then: ["save the earlier a", "wake in 12 s"]
        ),
        Row(
            "When its time has come, an operation saves it",
            given: [.asking, .tokens("a"), .failed(), .finished, .passes(30)],
            when: .timer,
            then: ["load credentials", "wake in 10 s"]
        ),
        Row(
            "An operation that only saves ends when it has saved",
            given: [
                .asking, .tokens("a"), .failed(), .finished, .passes(30), .timer, .loaded, .read(nil), .locked(nil),
            ],
            when: .saved,
            then: ["finish"]
        ),
        Row(
            "A user's session presents its refresh token",
            user: true,
            given: [.signedIn, .wantsRenewal(2), .loaded, .read(nil), .locked(nil)],
            when: .saved,
            then: ["refresh with r", "wake in 11 s"]
        ),
    ]
}
