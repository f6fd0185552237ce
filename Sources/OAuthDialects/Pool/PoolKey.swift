/// Identifies a session of a pool: its client, of which the pool holds one ``SessionContext``, and the identity's part of the
/// ``SessionKey``.
///
/// The key of a session that the pool holds takes one word.
enum PoolKey: Hashable, Sendable {
    case session(TokenSession)
    /// A key for a lookup, or for a session that the pool does not retain.
    indirect case identity(Identity, SessionContext)

    var context: SessionContext {
        switch self {
        case .session(let session): session.context
        case .identity(_, let context): context
        }
    }

    private var identity: Identity {
        switch self {
        case .session(let session): session.identity
        case .identity(let identity, _): identity
        }
    }

    static func == (lhs: Self, rhs: Self) -> Bool {
        lhs.context === rhs.context && SessionKey.isSame(lhs.identity, rhs.identity)
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(context))
        SessionKey.hash(identity, into: &hasher)
    }
}
