import OAuthDialects

/// Signing in, and signing out.
extension MachineTable {
    /// A session whose sign-out is over.
    private static let signedOut = MachineInput.all([
        .asks(1), .loaded, .read(.sample("b", signIn: 0)), .finished, .signsOut(2), .loaded, .locked(nil), .saved,
        .finished,
    ])

    /// A user's token, which could not be saved after a renewal; by the wall clock an hour has passed, or it was set forward.
    private static let unsaved = MachineInput.all([
        .signedIn, .wantsRenewal(9), .loaded, .read(nil), .locked(nil), .saved,
        .tokens("b", lifetime: 90000, refresh: "r"),
        .failed(), .finished, .passes(4000),
    ])

    static let endings = [
        Row(
            "A sign-in starts at once in an idle session",
            user: true,
            when: .signsIn(1),
            then: ["load credentials", "report renewalStarted", "wake in 10 s"]
        ),
        Row(
            "A sign-in does not adopt what is stored",
            user: true,
            given: [.signsIn(1), .loaded, .read(nil)],
            when: .locked(.sample("theirs")),
            then: ["sign in with code", "wake in 11 s"]
        ),
        Row(
            "A sign-in waits for the renewal that goes on",
            given: [.asks(1)],
            when: .signsIn(2),
            then: ["wake in 60 s"]
        ),
        Row(
            "A sign-in that waited starts when the renewal is over",
            given: [.asking, .signsIn(2), .tokens("a")],
            when: .saved,
            then: [
                "finish", "load credentials", "answer 1: a", "report renewalSucceeded", "report renewalStarted",
                "wake in 10 s",
            ]
        ),
        Row(
            "A refused sign-in is answered, and nothing backs off",
            user: true,
            given: [.signsIn(1), .loaded, .read(nil), .locked(nil)],
            when: .refused(.discardGrant),
            then: ["finish", "answer 1: refused", "report renewalFailed"]
        ),
        Row(
            "A sign-in whose answer was lost is not tried again",
            user: true,
            given: [.signsIn(1), .loaded, .read(nil), .locked(nil)],
            when: .lost(),
            then: ["finish", "answer 1: unavailable", "report renewalFailed"]
        ),
        Row(
            "A sign-out forgets the tokens at once",
            given: [.holding()],
            when: .signsOut(2),
            then: ["load credentials", "report signedOut", "wake in 10 s"]
        ),
        Row(
            "A sign-out answers those who wait, and waits for the running step",
            given: [.asking],
            when: .signsOut(2),
            then: ["answer 1: signedOut", "report signedOut", "wake in 30 s"]
        ),
        Row(
            "Of two records with one number the later counts",
            given: [.holding(), .wantsRenewal(2), .loaded],
            when: .read(.sample("theirs", generation: 1, requested: 10)),
            then: ["finish", "answer 2: theirs", "report tokenAdopted"]
        ),
        Row(
            "Of two records with one number the earlier does not",
            given: [.holding(), .wantsRenewal(2), .loaded],
            when: .read(.sample("theirs", generation: 1, requested: -10)),
            then: ["lock the store", "wake in 12 s"]
        ),
        Row(
            "A later record that is over takes the place of one that could not be saved, whose token is served on",
            user: true,
            given: [unsaved, .wantsRenewal(2), .loaded, .read(nil)],
            when: .locked(.sample("theirs", refresh: "r2", requested: 10)),
            then: ["mark r2 as sent", "wake in 12 s"]
        ),
        Row(
            "An earlier record that is over does not",
            user: true,
            given: [unsaved, .wantsRenewal(2), .loaded, .read(nil)],
            when: .locked(.sample("theirs", refresh: "r2", requested: -10)),
            then: ["save the earlier b, r ready", "wake in 12 s"]
        ),
        Row(
            "Who asks a session that was signed out has it look at the store",
            given: [signedOut],
            when: .asks(3),
            then: ["load credentials", "wake in 1 s"]
        ),
        Row(
            "Another process's sign-in passes the tombstone",
            given: [signedOut, .asks(3), .loaded],
            when: .read(.sample("theirs", generation: 20, signIn: 3000, named: "new")),
            then: ["finish", "answer 3: theirs", "report tokenAdopted"]
        ),
        Row(
            "What was signed out does not come back from the store",
            given: [signedOut, .asks(3), .loaded],
            when: .read(.sample("renewed", generation: 20, signIn: 0)),
            then: ["finish", "answer 3: signedOut"]
        ),
        Row(
            "The second who asks within a second is turned away at once",
            given: [signedOut, .asks(3), .loaded, .read(nil), .finished],
            when: .asks(4),
            then: ["answer 4: signedOut"]
        ),
        Row(
            "A sign-out that is not in the store yet looks for nothing there",
            given: [
                .holding(), .signsOut(2), .loaded, .locked(nil), .failed(), .finished,
            ],
            when: .asks(3),
            then: ["answer 3: signedOut"]
        ),
        Row(
            "Tokens that come after a sign-out are not saved",
            given: [.asking, .signsOut(2)],
            when: .tokens("a"),
            then: ["save a tombstone", "wake in 12 s"]
        ),
        Row(
            "A sign-out locks the store",
            given: [.holding(), .signsOut(2)],
            when: .loaded,
            then: ["lock the store", "wake in 12 s"]
        ),
        Row(
            "A sign-out is over when its tombstone is saved",
            given: [.holding(), .signsOut(2), .loaded, .locked(nil)],
            when: .saved,
            then: ["finish", "answer 2: signed out, notAsked"]
        ),
        Row(
            "A sign-out revokes the newest tokens",
            given: [
                .holding(refresh: "r"), .signsOut(2, revoking: true), .loaded, .locked(.sample("b", refresh: "s")),
            ],
            when: .saved,
            then: ["revoke s", "wake in 11 s"]
        ),
        Row(
            "A revocation that fails does not undo the sign-out",
            given: [.holding(), .signsOut(2, revoking: true), .loaded, .locked(nil), .saved],
            when: .failed(.unavailable),
            then: ["finish", "answer 2: signed out, failed", "report revocationFailed"]
        ),
        Row(
            "A sign-out whose tombstone can't be saved is tried again",
            given: [.holding(), .signsOut(2), .loaded, .locked(nil)],
            when: .failed(),
            then: ["finish", "report storeFailed", "wake later"]
        ),
        Row(
            "A sign-out is tried again when its time has come",
            given: [.holding(), .signsOut(2), .loaded, .locked(nil), .failed(), .finished, .passes(2)],
            when: .timer,
            then: ["load credentials", "wake in 10 s"]
        ),
        Row(
            "Who waits for a sign-out that is tried again learns in the end why it failed",
            given: [.holding(), .signsOut(2), .loaded, .locked(nil), .failed(), .finished, .passes(30)],
            when: .timer,
            then: ["load credentials", "answer 2: storeFailed", "wake in 10 s"]
        ),
        Row(
            "A sign-out revokes although the store fails",
            given: [.holding(refresh: "r"), .signsOut(2, revoking: true), .loaded],
            when: .failed(.storeBusy),
            then: ["revoke r", "wake in 11 s"]
        ),
        Row(
            "A sign-out revokes once",
            given: [
                .holding(), .signsOut(2, revoking: true), .loaded, .failed(.storeBusy), .ends(.revoked(.revoked)),
                .finished, .passes(2), .timer, .loaded, .locked(nil),
            ],
            when: .saved,
            then: ["finish", "answer 2: signed out, revoked"]
        ),
        Row(
            "A sign-out that is tried again leaves a newer sign-in alone",
            given: [
                .holding(), .signsOut(2), .loaded, .failed(.storeBusy), .finished, .passes(2), .timer, .loaded,
            ],
            when: .locked(.sample("theirs", signIn: 1)),
            then: ["finish", "answer 2: signed out, notAsked"]
        ),
        Row(
            "A sign-out goes on without the caller who asked",
            given: [.holding(), .signsOut(2), .leaves(2), .loaded, .locked(nil)],
            when: .failed(),
            then: ["finish", "report storeFailed", "wake later"]
        ),
        Row(
            "Tokens that come after a sign-out are those to revoke",
            given: [.asking, .signsOut(2, revoking: true), .tokens("a", refresh: "r")],
            when: .saved,
            then: ["revoke r", "wake in 11 s"]
        ),
        Row(
            "A sign-out asks for the lock that a renewal went without",
            given: [.asks(1, timeout: 60), .loaded, .read(nil), .failed(.storeBusy), .signsOut(2)],
            when: .madeGrant,
            then: ["load credentials", "finish", "wake in 10 s"]
        ),
        Row(
            "Another process's sign-out ends the session",
            given: [.holding(), .wantsRenewal(2), .loaded],
            when: .read(.sample(nil)),
            then: ["finish", "answer 2: signedOut", "report signedOut"]
        ),
        Row(
            "A sign-out is over when the tokens are revoked",
            given: [.holding(), .signsOut(2, revoking: true), .loaded, .locked(nil), .saved],
            when: .ends(.revoked(.revoked)),
            then: ["finish", "answer 2: signed out, revoked"]
        ),
        Row(
            "A second sign-out that revokes joins the first",
            given: [.holding(), .signsOut(2), .loaded, .locked(nil), .signsOut(3, revoking: true)],
            when: .saved,
            then: ["revoke a", "wake in 11 s"]
        ),
    ]
}
