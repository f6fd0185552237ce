public import Foundation

/// Keeps sign-ins until their callbacks come, in memory, and gives each out once.
///
/// It holds the newest 10,000 of the last ten minutes. A server that runs as several processes keeps attempts
/// (``SignInAttempt/bytes``) where all of them find them instead.
public actor SignInAttempts {
    /// The most that are kept; the oldest makes room for the newest.
    package static let capacity = 10_000

    private struct Entry {
        let attempt: SignInAttempt
        let browser: Secret?
        let target: String
        let keptAt: SessionInstant
    }

    private let clock: any SessionClock
    private let capacity: Int

    /// By the digest of the state, so that looking one up tells nothing of another by the time it takes.
    private var entries: [[UInt8]: Entry] = [:]

    /// The keys in the order of arrival; those before ``first`` are done with.
    private var order: [[UInt8]] = []
    private var first = 0

    /// Which provider each redirect URI belongs to, and how many attempts say so.
    private var owners: [String: (endpoint: String, count: Int)] = [:]

    /// Makes an empty one.
    public init(clock: any SessionClock = .system) {
        self.init(capacity: Self.capacity, clock: clock)
    }

    package init(capacity: Int, clock: any SessionClock) {
        self.capacity = max(1, capacity)
        self.clock = clock
    }

    /// How many are waiting for their callback.
    package var count: Int { entries.count }

    /// Keeps an attempt until its callback comes.
    ///
    /// - Parameters:
    ///   - attempt: a sign-in that has just begun.
    ///   - browser: what only this browser can show again, such as the id of its session; without it a person can be made to
    ///     finish the sign-in of somebody else (RFC 6749, section 10.12). An app on the person's own device needs none.
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/invalidRequest`` if another provider's attempts come back to
    ///   the same redirect URI: each provider needs one of its own (RFC 9700, section 2.1).
    public func keep(_ attempt: SignInAttempt, boundTo browser: Secret? = nil) throws {
        purge()
        let target = try RedirectURI(registered: attempt.redirectURI).target
        if let owner = owners[target], owner.endpoint != attempt.endpoint {
            throw TokenError(
                .invalidRequest,
                "Two providers share one redirect URI: \(ProviderText.clean(target)).",
                hint: "Register one for each provider, such as /callback/\(attempt.dialect)."
            )
        }
        let key = Self.key(attempt.state)
        guard entries[key] == nil else { throw TokenError(.invalidRequest, "The sign-in is kept already.") }
        while entries.count >= capacity { dropOldest() }
        owners[target] = (endpoint: attempt.endpoint, count: (owners[target]?.count ?? 0) + 1)
        entries[key] = Entry(attempt: attempt, browser: browser, target: target, keptAt: clock.now)
        order.append(key)
    }

    /// Gives out the attempt that a callback's state names, for good: a second callback finds nothing.
    ///
    /// Pass the attempt to ``TokenSession/finishSignIn(_:callback:)``, which reads the rest of the callback.
    ///
    /// - Throws: ``TokenError``: ``TokenError/Code/signInExpired`` for an attempt that is over, was taken or never was;
    ///   ``TokenError/Code/invalidCallback`` for a URL without a state, or a browser that began another one.
    public func take(for callback: URL, boundTo browser: Secret? = nil) throws -> SignInAttempt {
        purge()
        guard let state = try QueryFields(of: callback.absoluteString)["state"], !state.isEmpty else {
            throw TokenError(.invalidCallback, "The callback has no state.", hint: SignInAttempt.anew)
        }
        guard let entry = remove(Self.key(Secret(state))) else {
            throw TokenError(
                .signInExpired,
                "The sign-in is over: it took longer than ten minutes, was finished before, or never began here.",
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
        return entry
    }

    private static func key(_ state: Secret) -> [UInt8] {
        SHA256Digest.of(state.revealed.utf8)
    }
}
