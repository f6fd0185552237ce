/// What a session has in hand.
enum Holding: Sendable {
    case nothing
    indirect case tokens(Tokens)
    /// Signed out; the record is a tombstone.
    indirect case signedOut(TokenRecord)

    struct Tokens: Sendable {
        var record: TokenRecord
        /// The access token in use: that of the record, or an older one that outlives it.
        var access: HeldToken
        var refreshEnd: SessionInstant?
    }

    var isSignedOut: Bool { if case .signedOut = self { true } else { false } }

    var tokens: Tokens? {
        get { if case .tokens(let tokens) = self { tokens } else { nil } }
        set { if let newValue { self = .tokens(newValue) } }
    }

    var record: TokenRecord? {
        switch self {
        case .nothing: nil
        case .tokens(let tokens): tokens.record
        case .signedOut(let record): record
        }
    }
}

/// Whether what is in hand still has to be saved.
enum Unsaved: Sendable {
    case nothing
    case record(retryAt: SessionInstant, failures: Int, isSignIn: Bool)

    var retryAt: SessionInstant? { if case .record(let retryAt, _, _) = self { retryAt } else { nil } }
    var isNothing: Bool { retryAt == nil }
    var isSignIn: Bool { if case .record(_, _, true) = self { true } else { false } }
    var failures: Int { if case .record(_, let failures, _) = self { failures } else { 0 } }
}
