public import Foundation

/// Keeps sign-ins in memory until their callbacks arrive, and returns each once.
///
/// It keeps at most 10,000, and of one browser at most 16, each for ten minutes. A server that runs as several processes keeps
/// ``SignInAttempt/bytes`` in a store that they share instead.
///
/// When it is full, a new sign-in drops the oldest of its own browser, or else the oldest of all. Attempts without a browser
/// count as one another's: bind them, and bound how many browsers one client of your server can have.
public actor SignInAttempts {
    /// The maximum number of attempts; the oldest is dropped for a new one.
    package static let capacity = 10_000

    /// How many attempts of one browser are kept: more tabs than anyone signs in with at once.
    private static let capacityOfBrowser = 16

    private struct Entry {
        let attempt: SignInAttempt
        let browser: Secret?
        let target: String
        let keptAt: SessionInstant
    }

    private let clock: any SessionClock
    private let capacity: Int

    /// By the digest of the state, so that the time of a look-up reveals nothing about other states.
    private var entries: [[UInt8]: Entry] = [:]

    /// The keys of each browser's attempts, the oldest first; by the digest of the browser's value.
    private var browsers: [[UInt8]: [[UInt8]]] = [:]

    /// The keys in order of arrival; those before ``first`` have been removed.
    private var order: [[UInt8]] = []
    private var first = 0

    /// The provider of each redirect URI, and the number of attempts that use it.
    private var owners: [String: (endpoint: String, count: Int)] = [:]

    /// Creates an empty store of attempts.
    public init(clock: any SessionClock = .system) {
        self.init(capacity: Self.capacity, clock: clock)
    }

    package init(capacity: Int, clock: any SessionClock) {
        self.capacity = max(1, capacity)
        self.clock = clock
    }

    /// The number of attempts that wait for their callback.
    package var count: Int { entries.count }

    /// Keeps an attempt until its callback arrives.
    ///
    /// - Parameters:
    ///   - attempt: a new sign-in.
    ///   - browser: a value that only this browser can present again, such as its session's id. Without it an attacker can make a
    ///     user finish the attacker's sign-in (RFC 6749, section 10.12). An app on the user's own device needs none.
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/invalidRequest`` if another provider's attempts use the same
    ///   redirect URI (RFC 9700, section 2.1).
    public func keep(_ attempt: SignInAttempt, boundTo browser: Secret? = nil) throws {
        purge()
        let target = try RedirectURI(registered: attempt.redirectURI).target
        if let owner = owners[target], owner.endpoint != attempt.endpoint {
            throw TokenError(
                .invalidRequest,
                "Two providers use the same redirect URI: \(ProviderText.clean(target)).",
                hint: "Register a different one for each provider, such as /callback/\(attempt.dialect)."
            )
        }
        let key = Self.key(attempt.state)
        guard entries[key] == nil else {
            throw TokenError(.invalidRequest, "The sign-in attempt has already been kept.")
        }
        if let browser { makeRoom(for: Self.key(browser)) }
        while entries.count >= capacity { dropOldest() }
        owners[target] = (endpoint: attempt.endpoint, count: (owners[target]?.count ?? 0) + 1)
        entries[key] = Entry(attempt: attempt, browser: browser, target: target, keptAt: clock.now)
        order.append(key)
        if let browser { browsers[Self.key(browser), default: []].append(key) }
        if order.count - first > 2 * max(capacity, entries.count) { forget() }
    }

    /// Removes and returns the attempt that a callback's state names; a second callback finds nothing.
    ///
    /// Pass the attempt to ``TokenSession/finishSignIn(_:callback:)``, which reads the rest of the callback.
    ///
    /// - Throws: ``TokenError``: ``TokenError/Code/signInExpired`` for an attempt that has expired, was taken, or is unknown;
    ///   ``TokenError/Code/invalidCallback`` for a URL without a state, or another browser.
    public func take(for callback: URL, boundTo browser: Secret? = nil) throws -> SignInAttempt {
        purge()
        guard let state = try QueryFields(of: callback.absoluteString)["state"], !state.isEmpty else {
            throw TokenError(.invalidCallback, "The callback has no state.", hint: SignInAttempt.anew)
        }
        guard let entry = remove(Self.key(Secret(state))) else {
            throw TokenError(
                .signInExpired,
                "The sign-in is unknown: it took longer than ten minutes, was already finished, or began elsewhere.",
                hint: SignInAttempt.anew
            )
        }
        guard entry.browser == browser else {
            throw TokenError(.invalidCallback, "The sign-in began in another browser.", hint: SignInAttempt.anew)
        }
        return entry.attempt
    }

    private func purge() {
        let now = clock.now
        while first < order.count {
            if let entry = entries[order[first]], now < entry.keptAt + SignInAttempt.lifetime { break }
            dropOldest()
        }
    }

    /// Drops the oldest attempts of a browser that has as many as it may have.
    private func makeRoom(for browser: [UInt8]) {
        while let keys = browsers[browser], keys.count >= Self.capacityOfBrowser { remove(keys[0]) }
    }

    /// Removes from the order what has been removed already.
    private func forget() {
        order = order[first...].filter { entries[$0] != nil }
        first = 0
    }

    private func dropOldest() {
        guard first < order.count else { return }
        remove(order[first])
        first += 1
        guard first > 1000, first > order.count / 2 else { return }
        order.removeFirst(first)
        first = 0
    }

    @discardableResult
    private func remove(_ key: [UInt8]) -> Entry? {
        guard let entry = entries.removeValue(forKey: key) else { return nil }
        if let owner = owners[entry.target] {
            owners[entry.target] = owner.count > 1 ? (endpoint: owner.endpoint, count: owner.count - 1) : nil
        }
        if let browser = entry.browser.map(Self.key) {
            let rest = browsers[browser]?.filter { $0 != key } ?? []
            browsers[browser] = rest.isEmpty ? nil : rest
        }
        return entry
    }

    private static func key(_ state: Secret) -> [UInt8] {
        SHA256Digest.of(state.revealed.utf8)
    }
}
