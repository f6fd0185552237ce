internal import Foundation

/// The source of the client's id and secret, such as a value, a vault, or a file.
///
/// A session asks it when an operation starts. After the provider refused the client in a renewal, the session asks once more,
/// so that a rotated secret needs no restart.
public protocol CredentialsSource: Sendable {
    /// The current credentials.
    ///
    /// - Throws: anything; unless it is a ``TokenError``, callers get one that is transient, with the code
    ///   ``TokenError/Code/invalidCredentials``.
    func credentials() async throws -> ClientCredentials
}

extension ClientCredentials: CredentialsSource {
    public func credentials() -> ClientCredentials { self }
}

extension CredentialsSource where Self == ClientCredentials {
    /// Reads `PREFIX_CLIENT_ID` and `PREFIX_CLIENT_SECRET` from the environment, once.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/invalidCredentials`` that names what is missing.
    public static func environment(_ prefix: String) throws -> Self {
        try ClientCredentials.environment(prefix, in: ProcessInfo.processInfo.environment)
    }
}

extension CredentialsSource {
    /// Asks the source; what it throws becomes a ``TokenError``.
    func ask() async throws -> ClientCredentials {
        do { return try await credentials() } catch {
            let message = "The source of credentials failed."
            throw TokenError.wrapping(error, as: .invalidCredentials, message, isTransient: true)
        }
    }

    /// Asks for a caller, who waits no longer than the timeout and leaves at once if cancelled.
    func ask(within timeout: Duration, _ clock: any SessionClock) async throws -> ClientCredentials {
        try Task.checkCancellation()
        if let client = self as? ClientCredentials { return client }
        let race = Race<ClientCredentials>()
        let work = race.run {
            if let client = try await clock.value(by: clock.now + timeout, of: { try await ask() }) { return client }
            throw SessionMachine.lateCredentials
        }
        return try await withTaskCancellationHandler {
            try await race.value
        } onCancel: {
            race.end(.failure(CancellationError()))
            work.cancel()
        }
    }
}
