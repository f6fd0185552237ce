#if canImport(Security)
internal import Foundation

/// A store in the keychain of an Apple platform, which an app and its extensions may share.
///
/// The items are generic passwords in the data protection keychain. They are never synchronized, and by default they can be read
/// after the first unlock, on this device only. Tokens are in their data, never in an attribute. The keychain has no lock: an
/// update takes a lease in a second item, and a save without the lease throws ``TokenError/Code/storeBusy``. During an update the
/// store asks the system not to suspend the app.
///
/// The items remain when the user deletes the app: call ``purge()`` at the first launch. CI type-checks this store; it has not run
/// on a device.
public final class KeychainTokenStore: TokenStore {
    /// When the items can be read.
    public enum Accessibility: Sendable {
        /// After the first unlock since the device started, on this device only: background work needs this.
        case afterFirstUnlockThisDeviceOnly

        /// While the device is unlocked, on this device only.
        case whenUnlockedThisDeviceOnly
    }

    private static let pauses = Duration.milliseconds(25)...Duration.milliseconds(250)
    private static let grace = Duration.seconds(2)

    private let keychain: Keychain
    private let lease: Duration
    private let timeout: Duration
    private let clock = SystemClock()
    private let watches = Locked<[SessionKey: LeaseWatch]>([:])
    private let threads = StoreThreads()

    /// Creates a store; it reads nothing before it is used.
    ///
    /// - Parameters:
    ///   - service: the service name of the items.
    ///   - accessGroup: the access group that the app and its extensions share; by default the app's own.
    ///   - accessibility: when the items can be read.
    ///   - lease: how long an update may take before another process may take over its lease; at least
    ///     ``RenewalPolicy/renewalTimeout``.
    ///   - timeout: how long an update waits for the lease; less than ``RenewalPolicy/renewalTimeout``.
    public init(
        service: String = "OAuthDialects",
        accessGroup: String? = nil,
        accessibility: Accessibility = .afterFirstUnlockThisDeviceOnly,
        lease: Duration = RenewalPolicy().renewalTimeout,
        timeout: Duration = RenewalPolicy().renewalTimeout * 0.8
    ) {
        keychain = Keychain(service: service, accessGroup: accessGroup, accessibility: accessibility)
        self.lease = lease
        self.timeout = timeout
    }

    public func record(for key: SessionKey) async throws -> TokenRecord? {
        let item = KeychainRecord(key, in: keychain, as: nil)
        return try await threads.run(for: key) { try item.load()?.record.get() }
    }

    public func update(_ key: SessionKey, _ body: StoreUpdate.Body) async throws {
        let activity = WakefulActivity("Renewing a token")
        defer { activity.end() }
        let item = KeychainRecord(key, in: keychain, as: try await takeLease(for: key))
        let update = KeychainUpdate(key, item, on: threads)
        try await update.run(body)
    }

    /// Deletes every item of the service, for all sessions: the items remain when the user deletes the app.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/storeFailed`` if the keychain refuses.
    public func purge() throws {
        try keychain.removeAll()
    }

    /// Waits until the lease is free or its holder's has expired, and takes it.
    ///
    /// - Returns: the name under which this update holds the lease.
    private func takeLease(for key: SessionKey) async throws -> String {
        let deadline = clock.now + timeout
        let holder = UUID().uuidString
        let item = KeychainRecord(key, in: keychain, as: holder)
        var pause = Self.pauses.lowerBound
        while true {
            try Task.checkCancellation()
            let now = clock.now
            let stopped = watches.withLock { watches in
                watches[key].flatMap { $0.mayOvertake(at: now) ? $0.bytes : nil }
            }
            let lease = Lease(until: now + lease, holder: holder)
            guard let seen = try await threads.run(for: key, { try item.take(lease, from: stopped) }) else {
                watches.withLock { $0[key] = nil }
                return holder
            }
            watches.withLock { [lease = self.lease] watches in
                watches[key, default: LeaseWatch(length: lease, grace: Self.grace)].note(seen, at: now)
            }
            guard clock.now + pause < deadline else { throw StoreFault.busy("of the keychain record") }
            try await clock.sleep(until: clock.now + pause)
            pause = min(pause * 2, Self.pauses.upperBound)
        }
    }
}
#endif
