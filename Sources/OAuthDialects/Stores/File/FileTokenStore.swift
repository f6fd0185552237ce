public import Foundation

/// A store in files that any number of processes on one machine share; they make one token request for all of them.
///
/// Each key has a file, named by its digest and readable by its owner alone (mode 0600 in a directory of mode 0700). A save
/// replaces the file atomically. An update holds a lock on a second file; the kernel releases it when the process ends. A process
/// that is stopped while it holds the lock loses it when its lease expires, and its later saves throw
/// ``TokenError/Code/storeBusy``.
///
/// The store refuses symbolic and hard links, files that other users own or may open, and file systems whose locks may not reach other
/// machines. Without a ``TokenCipher`` the tokens are stored as plain text.
///
/// Apple platforms kill an app that holds a lock in a shared container while it is suspended: use `KeychainTokenStore` in apps and
/// extensions.
public final class FileTokenStore: TokenStore {
    /// The processes that are observed because they are in the way.
    struct Watches: Sendable {
        var holders: [SessionKey: LeaseWatch] = [:]
        var guards: [SessionKey: GuardWatch] = [:]
    }

    /// The directory of the files.
    public let directory: URL

    let path: String
    let cipher: (any TokenCipher)?
    let lease: Duration
    let timeout: Duration
    let clock: any SessionClock
    let watches = Locked(Watches())
    let threads = StoreThreads()

    /// Creates a store in a directory.
    ///
    /// The store creates the directory at its first update; the parent directory must exist.
    ///
    /// - Parameters:
    ///   - directory: the directory of the files, which no other user may open.
    ///   - cipher: encrypts the records, where there is no keychain.
    ///   - lease: how long an update may take before another process may take over its lock; at least
    ///     ``RenewalPolicy/renewalTimeout``.
    ///   - timeout: how long an update waits for the lock; less than ``RenewalPolicy/renewalTimeout``, so that the renewal has
    ///     time left.
    public convenience init(
        directory: URL,
        cipher: (any TokenCipher)? = nil,
        lease: Duration = RenewalPolicy().renewalTimeout,
        timeout: Duration = RenewalPolicy().renewalTimeout * 0.8
    ) {
        self.init(directory: directory, cipher: cipher, lease: lease, timeout: timeout, clock: .system)
    }

    /// Creates a store in the platform's state directory.
    ///
    /// On Linux that is `oauth-dialects` in `$XDG_STATE_HOME`, by default `~/.local/state`; on Apple platforms it is
    /// `OAuthDialects` in Application Support.
    ///
    /// - Parameter cipher: encrypts the records, where there is no keychain.
    public convenience init(cipher: (any TokenCipher)? = nil) {
        self.init(directory: StateDirectory.prepare(ProcessInfo.processInfo.environment), cipher: cipher)
    }

    package init(
        directory: URL,
        cipher: (any TokenCipher)? = nil,
        lease: Duration,
        timeout: Duration,
        clock: any SessionClock
    ) {
        self.directory = directory
        self.cipher = cipher
        self.lease = lease
        self.timeout = timeout
        self.clock = clock
        // With a trailing slash, the system would follow a symbolic link.
        var path = directory.path(percentEncoded: false)
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = path
    }

    public func record(for key: SessionKey) async throws -> TokenRecord? {
        let file = RecordFile(key, sealedBy: cipher)
        return try await threads.run(for: key) { [path] in
            try StoreDirectory.existing(path).flatMap { try file.load(from: $0) }
        }
    }

    public func update(_ key: SessionKey, _ body: StoreUpdate.Body) async throws {
        let file = RecordFile(key, sealedBy: cipher)
        let update = FileUpdate(key, file, try await lock(file.lock, for: key), on: threads)
        try await update.run(body)
    }
}
