internal import Foundation

/// What tells the sessions of a pool apart.
struct PoolKey: Hashable, Sendable {
    private let dialect: String
    private let endpoint: URL?
    private let fields: [String]
    private let client: any CredentialsSource & Hashable
    private let identity: Identity.ID

    init(_ dialect: any ProviderDialect, _ client: some CredentialsSource & Hashable, _ identity: Identity) {
        self.dialect = dialect.name
        endpoint = dialect.tokenEndpoint(for: .clientCredentials()) ?? dialect.authorizationEndpoint
        fields = dialect.conventions.extraFields.map { "\($0.name)=\($0.value.revealed)" }
        self.client = client
        self.identity = identity.id
    }

    static func == (lhs: Self, rhs: Self) -> Bool {
        lhs.identity == rhs.identity && lhs.dialect == rhs.dialect && lhs.endpoint == rhs.endpoint
            && lhs.fields == rhs.fields && AnyHashable(lhs.client) == AnyHashable(rhs.client)
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(dialect)
        hasher.combine(identity)
        client.hash(into: &hasher)
    }
}
