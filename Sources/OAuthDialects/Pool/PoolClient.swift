/// A client of a provider, which a pool holds once for the sessions of all its identities.
///
/// Two clients are equal if their sessions are: what the client's part of the ``SessionKey`` says is the same, and so are the
/// credentials, the signer, and the API origins, which are not in that key.
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
    private let endpoint: String
    private let fields: [WireField]
    private let apiOrigins: APIOrigins

    init(_ dialect: any ProviderDialect, _ source: Source, _ signer: (any RequestSigner & Hashable)?) {
        self.dialect = dialect
        self.source = source
        self.signer = signer
        endpoint = SessionKey.endpoint(of: dialect)
        fields = dialect.conventions.request.added
        apiOrigins = dialect.apiOrigins
    }

    static func == (lhs: PoolClient, rhs: PoolClient) -> Bool {
        isSame(lhs.source.id, rhs.source.id) && isSame(lhs.dialect.name, rhs.dialect.name)
            && isSame(lhs.endpoint, rhs.endpoint) && areSame(lhs.fields, rhs.fields) && lhs.source == rhs.source
            && lhs.signer.map { AnyHashable($0) } == rhs.signer.map { AnyHashable($0) }
            && lhs.apiOrigins == rhs.apiOrigins
    }

    /// By bytes, as the key's texts are compared: `String` compares by Unicode equivalence.
    private static func isSame(_ one: String, _ other: String) -> Bool { one.utf8.elementsEqual(other.utf8) }

    private static func areSame(_ one: [WireField], _ other: [WireField]) -> Bool {
        one.elementsEqual(other) {
            isSame($0.name, $1.name) && $0.value == $1.value && $0.isSecret == $1.isSecret
        }
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(dialect.name)
        hasher.combine(source.id)
        hasher.combine(endpoint)
        for field in fields {
            hasher.combine(field.name)
            hasher.combine(field.value.revealed)
        }
        if case .source(let source) = source { hasher.combine(AnyHashable(source)) }
    }
}

extension PoolClient.Source: Equatable {
    static func == (lhs: Self, rhs: Self) -> Bool {
        switch (lhs, rhs) {
        // The ids are compared apart, by bytes.
        case (.credentials(let one), .credentials(let other)): one.secret == other.secret
        case (.source(let one), .source(let other)): AnyHashable(one) == AnyHashable(other)
        case (.credentials, .source), (.source, .credentials): false
        }
    }
}
