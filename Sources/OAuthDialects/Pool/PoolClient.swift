internal import Foundation

/// A client at a provider, which the sessions of all its identities hold together.
final class PoolClient: Sendable, Hashable {
    /// What tells clients apart: credentials, hashed by their id alone, or a source.
    enum Name: Sendable {
        case credentials(ClientCredentials)
        case source(any Hashable & Sendable)
    }

    let dialect: any ProviderDialect
    let credentials: any CredentialsSource
    private let name: Name
    private let endpoint: URL?
    private let fields: [String]

    init(_ dialect: any ProviderDialect, _ credentials: any CredentialsSource, name: Name) {
        self.dialect = dialect
        self.credentials = credentials
        self.name = name
        endpoint = dialect.tokenEndpoint(for: .clientCredentials()) ?? dialect.authorizationEndpoint
        fields = dialect.conventions.extraFields.map { "\($0.name)=\($0.value.revealed)" }
    }

    static func == (lhs: PoolClient, rhs: PoolClient) -> Bool {
        lhs.dialect.name == rhs.dialect.name && lhs.endpoint == rhs.endpoint && lhs.fields == rhs.fields
            && lhs.name == rhs.name
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(dialect.name)
        switch name {
        case .credentials(let credentials): hasher.combine(credentials.id)
        case .source(let source): source.hash(into: &hasher)
        }
    }
}

extension PoolClient.Name: Equatable {
    static func == (lhs: Self, rhs: Self) -> Bool {
        switch (lhs, rhs) {
        case (.credentials(let one), .credentials(let other)): one == other
        case (.source(let one), .source(let other)): AnyHashable(one) == AnyHashable(other)
        case (.credentials, .source), (.source, .credentials): false
        }
    }
}
