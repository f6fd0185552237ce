internal import Foundation

extension TokenSession {
    /// What the session holds, until when, what failed last, and what happens next.
    public var status: SessionStatus {
        let moment = Moment(clock)
        return core.withLock { $0.machine.status(of: dialect.name, identity, at: moment) }
    }

    /// The OpenID Connect ID token that came with the last tokens, unchanged; `nil` if there was none.
    ///
    /// It is not verified: don't identify a user by it.
    public var idToken: Secret? { core.withLock { $0.machine.record?.idToken } }

    /// Further members of the last token answer, by their names; empty while there are no tokens.
    ///
    /// They are those that the dialect lists (``WireConventions/TokenAnswer/extras``). A refresh whose answer omits one keeps it.
    public var extras: [String: Secret] { core.withLock { $0.machine.record?.extras ?? [:] } }

    /// What happens from now on; each iterator is a listener of its own, and the session waits for none.
    ///
    /// A slow listener loses the oldest of 256 events and gets ``SessionEvent/Name/eventsMissed``. The sequence ends with the
    /// session or when the task is cancelled.
    public var events: some AsyncSequence<SessionEvent, Never> & Sendable {
        let hub = core.withLock { core in
            let hub = core.hub ?? EventHub(names: names)
            core.hub = hub
            return hub
        }
        return SessionEvents(hub: hub)
    }

    /// What every event says about the session.
    var names: [String: String] {
        var names = ["dialect": dialect.name]
        names["account"] = identity.account?.shown
        return names
    }

    /// The session's tokens and its client's secret, which an API may quote.
    package var secretsInHand: [Secret] {
        let client = core.withLock(\.credentials) ?? context.source as? ClientCredentials
        return secrets + [client?.secret].compactMap(\.self)
    }

    /// How many tasks the session has started.
    package var startedTasks: Int { core.withLock(\.startedTasks) }

    /// How many listeners there are.
    package var listeners: Int { core.withLock(\.hub)?.count ?? 0 }

    /// The request that would be sent for a grant; it prints as a `curl` command with `$PLACEHOLDERS` for secrets.
    ///
    /// It is not signed: a signer is asked for requests that are sent.
    ///
    /// - Throws: ``TokenError``; with the code ``TokenError/Code/invalidCredentials`` also if the credentials come from a
    ///   source that has not been asked yet.
    public func preview(_ grant: Grant) throws -> WireRequest {
        guard let client = context.source as? ClientCredentials ?? core.withLock({ $0.credentials }) else {
            throw TokenError(
                .invalidCredentials,
                "The credentials come from a source that has not been asked yet.",
                hint: "Ask for a token first."
            )
        }
        let exchange = exchange(of: grant, by: client)
        do { return try prepare(exchange) } catch { throw dialectFailure(error, Scrubber(exchange)) }
    }
}
