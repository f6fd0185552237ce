internal import Foundation

/// The errors for callers and steps that run out of time.
extension SessionMachine {
    func lateness(for waiter: Waiters.Waiter) -> TokenError {
        if operation?.isLook ?? false { return blockedFailure }
        if waiter.isSignIn { return Self.lateSignIn }
        if holding.isSignedOut, !waiter.isSignOut, waiter.grant == nil { return Self.signedOut }
        let signOut = waiter.isSignOut ? operation?.signOut ?? unsaved.signOut : nil
        return signOut?.storeFailure ?? (isLocking ? Self.lateLock : Self.timedOut)
    }

    func lateness(of stage: Operation.Stage) -> TokenError {
        let (code, message): (TokenError.Code, String) =
            switch stage {
            case .loadingCredentials, .reloadingCredentials: (.invalidCredentials, Self.lateCredentials.message)
            case .makingGrant: (.invalidCredentials, "The grant was not made in time.")
            case .exchanging, .revoking: (.unavailable, "The provider did not answer in time.")
            case .locking: (.storeBusy, Self.lateLock.message)
            default: (.storeFailed, "The token store did not answer in time.")
            }
        return TokenError(code, message, isTransient: true)
    }

    static let lateCredentials = TokenError(
        .invalidCredentials,
        "The source of credentials did not answer in time.",
        isTransient: true
    )

    private var isLocking: Bool { if case .locking = operation?.stage { true } else { false } }

    static let lateLock = TokenError(.storeBusy, "The store's lock was not free in time.", isTransient: true)

    /// The code may be used up, so the same call must not be repeated.
    private static let lateSignIn = TokenError(
        .timedOut,
        "Timed out signing in.",
        hint: "Begin a new sign-in: an authorization code is never sent twice."
    ).advising(.signIn)

    static let timedOut = TokenError(
        .timedOut,
        "Timed out waiting for a token.",
        hint: "The token request goes on; ask again.",
        isTransient: true
    )
}
