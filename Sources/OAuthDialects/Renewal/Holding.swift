internal import Foundation

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

/// Whether the store still has to learn what is in hand.
enum Unsaved: Sendable {
    /// What is new about the record.
    enum News: Int, Sendable {
        /// What has become of its tokens.
        case standing
        case tokens
        case signIn
    }

    case nothing
    case record(News, retryAt: SessionInstant, failures: Int)
    indirect case signOut(SignOut, retryAt: SessionInstant)

    var retryAt: SessionInstant? {
        switch self {
        case .nothing: nil
        case .record(_, let retryAt, _), .signOut(_, let retryAt): retryAt
        }
    }

    var isNothing: Bool { retryAt == nil }
    var news: News? { if case .record(let news, _, _) = self { news } else { nil } }
    var isSignIn: Bool { news == .signIn }
    var signOut: SignOut? { if case .signOut(let signOut, _) = self { signOut } else { nil } }
    var failures: Int { if case .record(_, _, let failures) = self { failures } else { 0 } }
}

/// A sign-out that is under way or has to be tried again.
struct SignOut: Sendable {
    /// The newest record that is known to belong to it, whose tokens are revoked.
    var record: TokenRecord?
    var isRevoking: Bool
    /// By the wall clock, which tells a newer sign-in of another process.
    var requestedAt: Date
    /// What became of the revocation; `nil` until it was tried.
    var result: RevocationResult?
    /// Why the last attempt left no tombstone in the store.
    var storeFailure: TokenError?
    var failures = 0
}
