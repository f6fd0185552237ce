/// A client of a provider, which a pool holds once for the sessions of all its identities.
///
/// Two clients are equal if their sessions are: the client's part of the ``SessionKey`` is the same, and so are the credentials,
/// the secret extra fields, the signer, and the API origins, which are not in that key.
final class PoolClient: Sendable, Hashable {
    /// Where the credentials come from.
    enum Source: Sendable {
        case credentials(ClientCredentials)
        case source(any CredentialsSource & Hashable)

        var credentials: any CredentialsSource {
            switch self {
            case .credentials(let credentials): credentials
            case .source(let source): source
            }
        }

        /// The client's id; a source does not tell it before it is asked.
        fileprivate var id: String {
            if case .credentials(let credentials) = self { credentials.id } else { "" }
        }
    }

    let dialect: any ProviderDialect
    let source: Source
    let signer: (any RequestSigner & Hashable)?
    private let key: String
    private let apiOrigins: APIOrigins
    private let secretFields: [WireField]

    init(_ dialect: any ProviderDialect, _ source: Source, _ signer: (any RequestSigner & Hashable)?) {
        self.dialect = dialect
        self.source = source
        self.signer = signer
        key = SessionKey.client(source.id, of: dialect)
        apiOrigins = dialect.apiOrigins
        secretFields = dialect.conventions.request.added.filter(\.isSecret)
    }

    static func == (lhs: PoolClient, rhs: PoolClient) -> Bool {
        lhs.key == rhs.key && lhs.source == rhs.source && lhs.secretFields == rhs.secretFields
            && lhs.signer.map { AnyHashable($0) } == rhs.signer.map { AnyHashable($0) }
            && lhs.apiOrigins == rhs.apiOrigins
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(key)
        if case .source(let source) = source { hasher.combine(AnyHashable(source)) }
    }
}

extension PoolClient.Source: Equatable {
    static func == (lhs: Self, rhs: Self) -> Bool {
        switch (lhs, rhs) {
        // The ids are compared by bytes, in the session key.
        case (.credentials(let one), .credentials(let other)): one.secret == other.secret
        case (.source(let one), .source(let other)): AnyHashable(one) == AnyHashable(other)
        case (.credentials, .source), (.source, .credentials): false
        }
    }
}
