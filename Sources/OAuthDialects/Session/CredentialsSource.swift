internal import Foundation

/// Where a session gets the client's id and secret when an exchange starts: a value, a vault, a file.
///
/// After the provider refused the client, the source is asked once more, so that a rotated secret needs no restart.
public protocol CredentialsSource: Sendable {
    /// The credentials as they are now.
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
