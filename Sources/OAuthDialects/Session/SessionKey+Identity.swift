internal import Foundation

extension SessionKey {
    /// The key of an identity's tokens: the one definition of which sessions are the same, for stores and for pools.
    ///
    /// The texts are percent-encoded, so that keys are compared by bytes: two spellings of "café" in Unicode are two accounts.
    package init(dialect: any ProviderDialect, client id: String, identity: Identity) {
        self.init(identifier: "\(Self.client(id, of: dialect))&\(Self.identity(identity))")
    }

    /// The part that all identities of a client have in common: the dialect's name, the token endpoint, the client's id, and the
    /// extra fields, of which a secret one counts by a digest of its value.
    static func client(_ id: String, of dialect: any ProviderDialect) -> String {
        let endpoint = dialect.tokenEndpoint(for: .clientCredentials()) ?? dialect.authorizationEndpoint
        let parts = [
            (name: "dialect", value: dialect.name),
            (name: "endpoint", value: endpoint?.absoluteString ?? ""),
            (name: "client", value: id),
        ]
        let client = text(parts)
        let fields = dialect.conventions.request.added.map { field in
            let name = FormEncoding.encode(field.name)
            guard field.isSecret else { return (name: "field", value: "\(name)=\(field.value.revealed)") }
            return (name: "secret", value: "\(name)=\(digest(of: field.value, named: name, in: client))")
        }
        return fields.isEmpty ? client : "\(client)&\(text(fields))"
    }

    /// A digest that tells values of a field apart; the client is in it, so that equal values of two clients have two digests.
    private static func digest(of value: Secret, named name: String, in client: String) -> String {
        SHA256Digest.hexadecimal(of: "OAuthDialects field\n\(client)\n\(name)\n\(value.revealed)")
    }

    /// The part that tells the identities of a client apart: the kind, the account or the grant's name, and the scopes in any order.
    static func identity(_ identity: Identity) -> String {
        // Encoded before they are compared: `String` compares by Unicode equivalence.
        let scopes = Set(identity.scopes.map(FormEncoding.encode)).sorted().joined(separator: "+")
        return switch identity.kind {
        case .client: "identity=client&scope=\(scopes)"
        case .user(let account): "identity=user&account=\(FormEncoding.encode(account.name))&scope=\(scopes)"
        case .assertion(let name, _): "identity=assertion&grant=\(FormEncoding.encode(name))"
        case .staticToken(let name): "identity=static&name=\(FormEncoding.encode(name))"
        }
    }
}
