import Foundation
import OAuthDialects

/// What a row of the table sends to the machine.
enum MachineInput: Sendable {
    case asks(Waiters.ID, timeout: Double = 10)
    case wantsRenewal(Waiters.ID)
    case signsIn(Waiters.ID, Grant = .authorizationCode("code", redirectURI: nil, codeVerifier: nil))
    case signsOut(Waiters.ID, revoking: Bool = false)
    case leaves(Waiters.ID)

    /// The API rejects or accepts the token in hand.
    case rejected(by: Waiters.ID? = nil)
    /// The request that the token in hand was renewed for is rejected again.
    case rejectedAgain
    /// The same for a request that had used a token from before.
    case rejectedLate
    case accepted
    /// The API accepts the token that was answered last, which may be a dead one.
    case acceptedLast
    case asksForRequest(Waiters.ID)
    case upkeep
    case timer

    /// The step that was decided last ends.
    case ends(SessionMachine.StepResult)

    /// The store is read, or locked, and has the session's own record with another standing of its refresh token.
    case finds(TokenRecord.RefreshStanding, isLocked: Bool)

    /// The step that was decided before the last one ends.
    case endsLate(SessionMachine.StepResult)

    /// The step that was cancelled does not end.
    case abandoned

    /// Time passes, and nothing is told.
    case passes(Double)
    case all([MachineInput])
}

extension MachineInput {
    static let loaded = Self.ends(.loadedCredentials(areNew: true))
    static let saved = Self.ends(.saved)
    static let madeGrant = Self.ends(.madeGrant(.clientCredentials()))
    static let finished = Self.ends(.finished(nil))

    static func read(_ record: TokenRecord?) -> Self { .ends(.read(record)) }
    static func locked(_ record: TokenRecord?) -> Self { .ends(.locked(record)) }
    static func failed(_ code: TokenError.Code = .storeFailed) -> Self { .ends(.failed(.sample(code))) }

    /// The provider answers with tokens.
    static func tokens(_ access: Secret, lifetime: Double? = 3600, refresh: String? = nil) -> Self {
        .ends(.exchanged(.sample(access, lifetime: lifetime, refresh: refresh)))
    }

    static func refused(_ remedy: Remedy) -> Self {
        .ends(.exchanged(.refused(.sample(.refused), remedy, until: nil)))
    }

    /// The provider wants to be asked again after so many seconds of the table's time.
    static func throttled(until seconds: Double) -> Self {
        let instant = MachineRig.start.now + .seconds(seconds)
        return .ends(.exchanged(.refused(.sample(.unavailable), .retryLater, until: instant)))
    }

    /// The answer is lost, or the request did not arrive.
    static func lost(mayHaveArrived: Bool = true) -> Self {
        .ends(.exchanged(.failed(.sample(.unavailable), mayHaveArrived: mayHaveArrived, isWorthRepeating: true)))
    }

    /// A renewal up to its request, of a session without a token.
    static let asking = Self.all([.asks(1), .loaded, .read(nil), .locked(nil), .madeGrant])

    /// A client's token `a`, saved.
    static func holding(lifetime: Double? = 3600, refresh: String? = nil) -> Self {
        .all([.asking, .tokens("a", lifetime: lifetime, refresh: refresh), .saved, .finished])
    }

    /// A user's token `a` with the refresh token `r`, saved.
    static let signedIn = Self.all([
        .signsIn(1), .loaded, .read(nil), .locked(nil), .tokens("a", refresh: "r"), .saved, .finished,
    ])
}

extension TokenError {
    static func sample(_ code: Code) -> TokenError { TokenError(code, "A failure.", isTransient: true) }
}

extension ExchangeOutcome {
    /// Tokens for a request that was sent when the table's time begins, or now.
    static func sample(_ access: Secret, lifetime: Double?, refresh: String?) -> Self {
        let refreshToken = refresh.flatMap { try? RefreshToken($0) }
        let set = try? TokenSet(
            accessToken: access,
            lifetime: lifetime.map { .seconds($0) },
            refreshToken: refreshToken
        )
        guard let set else { return .invalid(.sample(.unreadableAnswer)) }
        return .tokens(TokenAnswer(set, sent: MachineRig.start))
    }
}

extension TokenRecord {
    /// A record of another process, which signed in so many seconds after the table's time begins.
    static func sample(
        _ access: Secret?,
        generation: Int = 7,
        refresh: String? = nil,
        standing: RefreshStanding = .ready,
        signIn: Double? = nil,
        named id: String = "theirs",
        requested seconds: Double = 0
    ) -> TokenRecord {
        TokenRecord(
            generation: generation,
            id: "other",
            accessToken: access,
            requestedAt: MachineRig.start.date.addingTimeInterval(seconds),
            lifetime: .seconds(3600),
            refreshToken: refresh.flatMap { try? RefreshToken($0) },
            refreshStanding: standing,
            signIn: signIn.map { SignIn(id: id, date: MachineRig.start.date.addingTimeInterval($0)) }
        )
    }
}
