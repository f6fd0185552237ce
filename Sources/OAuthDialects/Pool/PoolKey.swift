/// Identifies a session of a pool: its client, of which the pool holds one object, and the identity's part of the ``SessionKey``.
///
/// The text of that part is made when it is compared, and so takes no memory in each session.
struct PoolKey: Hashable, Sendable {
    let client: PoolClient
    let identity: Identity

    static func == (lhs: Self, rhs: Self) -> Bool {
        lhs.client === rhs.client && SessionKey.identity(lhs.identity) == SessionKey.identity(rhs.identity)
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(client))
        hasher.combine(SessionKey.identity(identity))
    }
}
