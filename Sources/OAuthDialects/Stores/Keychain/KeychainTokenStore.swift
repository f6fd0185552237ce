#if canImport(Security)
internal import Foundation

/// Records in the keychain of an Apple platform, which an app and its extensions may share.
///
/// Items are generic passwords in the data-protection keychain, never synchronized, and by default readable after the first
/// unlock on this device alone; secrets are in their data, never in an attribute. The keychain has no lock: an update excludes
/// others by a lease in a second item, and a save by whoever lost its lease is refused. While an update runs, the system is asked
/// not to suspend the app.
///
/// Items outlive the app's removal: call ``purge()`` at the first launch. It is type-checked where it can't run, and was not run on
/// a device.
public final class KeychainTokenStore: TokenStore {
    /// When the system lets items be read.
    public enum Accessibility: Sendable {
        /// After the first unlock since the start, on this device alone: what background work needs.
        case afterFirstUnlockThisDeviceOnly

        /// While the device is unlocked, on this device alone.
        case whenUnlockedThisDeviceOnly
    }

    private static let pauses = Duration.milliseconds(25)...Duration.milliseconds(250)
    private static let grace = Duration.seconds(2)

    private let keychain: Keychain
    private let lease: Duration
    private let patience: Duration
    private let clock = SystemClock()
    private let watches = Locked<[SessionKey: LeaseWatch]>([:])

    /// Makes a store; nothing is read before it is used.
    ///
    /// - Parameters:
    ///   - service: the name under which the items stand.
    ///   - accessGroup: the group that an app and its extensions share; the app's own unless told.
    ///   - accessibility: when the system lets the items be read.
    ///   - lease: how long an update may take before others take over; as long as ``RenewalPolicy/renewalTimeout`` or longer.
    ///   - patience: how long an update waits for its turn; less than ``RenewalPolicy/renewalTimeout``.
    public init(
        service: String = "OAuthDialects",
        accessGroup: String? = nil,
        accessibility: Accessibility = .afterFirstUnlockThisDeviceOnly,
        lease: Duration = RenewalPolicy().renewalTimeout,
        patience: Duration = RenewalPolicy().renewalTimeout * 0.8
    ) {
        keychain = Keychain(service: service, accessGroup: accessGroup, accessibility: accessibility)
        self.lease = lease
        self.patience = patience
    }

    public func record(for key: SessionKey) async throws -> TokenRecord? {
        let item = KeychainRecord(key, in: keychain, as: nil)
        return try await StoreThreads.shared.run(for: key) { try item.load()?.record.get() }
    }

    @discardableResult
    public func update(_ key: SessionKey, _ body: RecordUpdate) async throws -> TokenRecord? {
        try await update(key, reporting: { _ in }, body)
    }

    @discardableResult
    public func update(_ key: SessionKey, reporting report: @escaping StoreReport, _ body: RecordUpdate) async throws
        -> TokenRecord?
    {
        let activity = WakefulActivity("Renewing a token")
        defer { activity.end() }
        let update = KeychainUpdate(key, KeychainRecord(key, in: keychain, as: try await turn(for: key)))
        return try await update.run(reporting: report, body)
    }

    /// Removes every item of the service, of all sessions: items outlive the app's removal.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/storeFailed`` if the keychain refuses.
    public func purge() throws {
        try keychain.removeAll()
    }

    /// Waits until the lease is free, or its holder's is over; returns the holder's name.
    private func turn(for key: SessionKey) async throws -> String {
        let deadline = clock.now + patience
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
            guard let seen = try await StoreThreads.shared.run(for: key, { try item.take(lease, from: stopped) }) else {
                watches.withLock { $0[key] = nil }
                return holder
            }
            watches.withLock { [lease = self.lease] watches in
                watches[key, default: LeaseWatch(length: lease, grace: Self.grace)].note(seen, at: now)
            }
            guard clock.now + pause < deadline else { throw StoreFault.busy("of the keychain") }
            try await clock.sleep(until: clock.now + pause)
            pause = min(pause * 2, Self.pauses.upperBound)
        }
    }
}
#endif
