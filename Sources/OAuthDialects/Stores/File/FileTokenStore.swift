public import Foundation

/// Records in files that any number of processes of one machine share: one exchange for all of them.
///
/// Each key has a file of its own, named by its digest and readable by its owner alone (0600, in a directory of 0700), which is
/// replaced at once or not at all. An update holds a lock on a file beside it, which the kernel frees when its process ends. A
/// process that is stopped while it holds the lock loses it when its lease is over, and what it saves afterwards is refused.
/// Files that others can read or own, links and file systems whose locks are local only are refused. Records are readable for
/// whoever gets at the disk unless a ``TokenCipher`` seals them.
///
/// On Apple platforms an app is killed if it holds a lock in a shared container while it is suspended: apps and extensions use
/// `KeychainTokenStore`.
public final class FileTokenStore: TokenStore {
    /// The directory.
    public let directory: URL

    let path: String
    let cipher: (any TokenCipher)?
    let lease: Duration
    let patience: Duration
    let clock: any SessionClock
    let watches = Locked<[SessionKey: LeaseWatch]>([:])

    /// Makes a store in a directory, which is created when it is needed; the one that holds it has to exist.
    ///
    /// - Parameters:
    ///   - directory: where the files are: this user's alone.
    ///   - cipher: what seals the records, where there is no keychain.
    ///   - lease: how long an update may take before others take over; as long as ``RenewalPolicy/renewalTimeout`` or longer.
    ///   - patience: how long an update waits for the lock; less than ``RenewalPolicy/renewalTimeout``, so that a renewal has time left.
    public convenience init(
        directory: URL,
        cipher: (any TokenCipher)? = nil,
        lease: Duration = RenewalPolicy().renewalTimeout,
        patience: Duration = RenewalPolicy().renewalTimeout * 0.8
    ) {
        self.init(directory: directory, cipher: cipher, lease: lease, patience: patience, clock: .system)
    }

    /// Makes a store in the platform's state directory.
    ///
    /// That is `oauth-dialects` in `$XDG_STATE_HOME`, or in `~/.local/state`; on Apple platforms `OAuthDialects` in Application
    /// Support.
    ///
    /// - Parameter cipher: what seals the records, where there is no keychain.
    public convenience init(cipher: (any TokenCipher)? = nil) {
        self.init(directory: StateDirectory.prepare(ProcessInfo.processInfo.environment), cipher: cipher)
    }

    package init(
        directory: URL,
        cipher: (any TokenCipher)? = nil,
        lease: Duration,
        patience: Duration,
        clock: any SessionClock
    ) {
        self.directory = directory
        self.cipher = cipher
        self.lease = lease
        self.patience = patience
        self.clock = clock
        // With a slash at its end a link would be followed.
        var path = directory.path(percentEncoded: false)
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = path
    }

    public func record(for key: SessionKey) async throws -> TokenRecord? {
        let file = RecordFile(key, sealedBy: cipher)
        return try await StoreThreads.shared.run(for: key) { [path] in
            try StoreDirectory.existing(path).flatMap { try file.load(from: $0) }
        }
    }

    @discardableResult
    public func update(_ key: SessionKey, _ body: RecordUpdate) async throws -> TokenRecord? {
        try await update(key, reporting: { _ in }, body)
    }

    @discardableResult
    public func update(_ key: SessionKey, reporting report: @escaping StoreReport, _ body: RecordUpdate) async throws
        -> TokenRecord?
    {
        let file = RecordFile(key, sealedBy: cipher)
        let update = FileUpdate(key, file, try await lock(file.lock, for: key))
        return try await update.run(reporting: report, body)
    }
}
