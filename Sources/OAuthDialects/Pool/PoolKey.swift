/// Identifies a session of a pool: its client, of which the pool holds one object, and the identity's part of the ``SessionKey``.
///
/// The key of a session that the pool holds takes two words: it refers to the session for its identity, and the text of the identity
/// is made when it is compared.
struct PoolKey: Hashable, Sendable {
    private enum Holder: Sendable {
        case session(TokenSession)
        indirect case identity(Identity)
    }

    let client: PoolClient
    private let holder: Holder

    /// The key of a session that the pool holds.
    init(client: PoolClient, session: TokenSession) {
        self.client = client
        holder = .session(session)
    }

    /// A key for a lookup, or for a session that the pool does not retain.
    init(client: PoolClient, identity: Identity) {
        self.client = client
        holder = .identity(identity)
    }

    private var identity: String {
        switch holder {
        case .session(let session): SessionKey.identity(session.identity)
        case .identity(let identity): SessionKey.identity(identity)
        }
    }

    static func == (lhs: Self, rhs: Self) -> Bool {
        lhs.client === rhs.client && lhs.identity == rhs.identity
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(client))
        hasher.combine(identity)
    }
}
