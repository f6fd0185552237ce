internal import Foundation

extension SessionKey {
    /// The key of an identity's tokens: the one definition of which sessions are the same, for stores and for pools.
    ///
    /// The texts are percent-encoded, so that keys are compared by bytes: two spellings of "café" in Unicode are two accounts.
    package init(dialect: any ProviderDialect, client id: String, identity: Identity) {
        self.init(identifier: "\(Self.client(id, of: dialect))&\(Self.identity(identity))")
    }

    /// The part that all identities of a client have in common: the dialect's name, the token endpoint, the client's id, and the
    /// extra fields, of which a secret one counts by its name alone.
    static func client(_ id: String, of dialect: any ProviderDialect) -> String {
        let endpoint = dialect.tokenEndpoint(for: .clientCredentials()) ?? dialect.authorizationEndpoint
        let fields = dialect.conventions.extraFields.map { field in
            let name = FormEncoding.encode(field.name)
            return (name: "field", value: field.isSecret ? name : "\(name)=\(field.value.revealed)")
        }
        let parts = [
            (name: "dialect", value: dialect.name),
            (name: "endpoint", value: endpoint?.absoluteString ?? ""),
            (name: "client", value: id),
        ]
        return text(parts + fields)
    }

    /// The part that tells the identities of a client apart: the kind, the account or the grant's name, and the scopes in any order.
    static func identity(_ identity: Identity) -> String {
        // Encoded before they are compared: `String` compares by Unicode equivalence.
        let scopes = Set(identity.scopes.map(FormEncoding.encode)).sorted().joined(separator: "+")
        return switch identity.kind {
        case .client: "identity=client&scope=\(scopes)"
        case .user(let account): "identity=user&account=\(FormEncoding.encode(account.name))&scope=\(scopes)"
        case .assertion(let name, _): "identity=assertion&grant=\(FormEncoding.encode(name))"
        }
    }
}
