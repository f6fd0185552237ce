import OAuthDialects

/// An operation of the session as its shell performs it: one step after another.
struct Run {
    /// A request on its way, what becomes of it, and what the provider made of it if that is decided already.
    struct Exchange {
        let method: Operation.Method
        let grant: Grant
        let sent: Moment
        let fate: ProviderWeather
        let takes: Double
        var processed: TokenSet??
    }

    /// What becomes of a step that was cancelled.
    enum Cancellation {
        /// It ends before it has noticed, or with a failure.
        case ends, fails

        /// It goes on, and the shell no longer waits for it.
        case isIgnored
    }

    /// A step under way, and when it ends; `nil` if it never does.
    struct Task {
        let step: SessionMachine.Step
        var due: SessionInstant?
        var cancellation: Cancellation?
        var exchange: Exchange?

        /// Whether the session was signed out since it began.
        var isBeforeSignOut = false
    }

    let id: Operation.ID
    var task: Task?

    /// What the oracle knows of it.
    var history = History()
    var holdsLock = false
    var hasOldSecret = false

    init(_ id: Operation.ID) {
        self.id = id
    }

    /// What an operation has done, as anyone can see from outside.
    struct History {
        /// The caller whose sign-in it is.
        var signIn: Waiters.ID?
        var isSignOut = false

        /// Whether the session was signed out since it began.
        var isFenced = false

        /// Whether a sign-out took it over that needs an operation with a lock.
        var owesTombstone = false

        /// Whether only the clock asked for it.
        var isByTime = false
        var hasCredentials = false
        var hasRead = false
        var isWithoutLock = false
        var isFinishing = false
        var hasTriedTombstone = false
        /// Whether `renew()` asked for it.
        var isRequested = false
        var exchanges = 0

        /// The refresh token whose mark was saved, or could not be, and which was not presented since.
        var marked: String?

        /// The refresh token that the provider has definitely refused.
        var refused: String?

        /// The same before the operation got tokens in its place, which are not stored yet.
        var refusedBefore: String?

        /// What an exchange has brought.
        var newTokens: Known?
    }
}

extension Grant {
    /// The refresh token that it presents.
    var refreshText: String? { if case .refreshToken(let token, _) = self { token.value.revealed } else { nil } }
    var codeText: String? { if case .authorizationCode(let code, _, _) = self { code.revealed } else { refreshText } }
}

extension Operation.Stage {
    /// What it saves.
    var record: TokenRecord? {
        switch self {
        case .savingEarlier(let record), .marking(_, let record), .savingTombstone(let record): record
        case .saving(let newTokens): newTokens.stored
        case .finishing(let record): record
        default: nil
        }
    }

    var isExchanging: Bool { if case .exchanging = self { true } else { false } }
    var isLocking: Bool { if case .locking = self { true } else { false } }
    var isFinishing: Bool { if case .finishing = self { true } else { false } }
}
