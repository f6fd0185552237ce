/// What tells the sessions of a pool apart; equal clients are one object.
struct PoolKey: Hashable, Sendable {
    let client: PoolClient
    let identity: Identity.ID

    static func == (lhs: Self, rhs: Self) -> Bool {
        lhs.client === rhs.client && lhs.identity == rhs.identity
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(client))
        hasher.combine(identity)
    }
}
