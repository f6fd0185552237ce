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
        let parts = [
            (name: "dialect", value: dialect.name),
            (name: "endpoint", value: endpoint(of: dialect)),
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

    static func endpoint(of dialect: any ProviderDialect) -> String {
        (dialect.tokenEndpoint(for: .clientCredentials()) ?? dialect.authorizationEndpoint)?.absoluteString ?? ""
    }

    /// A digest that tells values of a field apart; the client is in it, so that equal values of two clients have two digests.
    private static func digest(of value: Secret, named name: String, in client: String) -> String {
        SHA256Digest.hexadecimal(of: "OAuthDialects field\n\(client)\n\(name)\n\(value.revealed)")
    }

    /// The part that tells the identities of a client apart: the kind, the account or the grant's name, and the scopes in any order.
    static func identity(_ identity: Identity) -> String {
        let scopes = scopes(of: identity)
        return switch identity.kind {
        case .client: "identity=client&scope=\(scopes)"
        case .user(let account): "identity=user&account=\(FormEncoding.encode(account.name))&scope=\(scopes)"
        case .assertion(let name, _): "identity=assertion&grant=\(FormEncoding.encode(name))"
        case .staticToken(let name): "identity=static&name=\(FormEncoding.encode(name))"
        }
    }

    /// Whether two identities have the same part, without making its text.
    package static func isSame(_ one: Identity, _ other: Identity) -> Bool {
        let names = (name(of: one), name(of: other))
        guard names.0.kind == names.1.kind, names.0.text.utf8.elementsEqual(names.1.text.utf8) else { return false }
        return one.scopes.isEmpty && other.scopes.isEmpty || scopes(of: one) == scopes(of: other)
    }

    static func hash(_ identity: Identity, into hasher: inout Hasher) {
        let name = name(of: identity)
        hasher.combine(name.kind)
        hasher.combine(name.text)
        hasher.combine(scopes(of: identity))
    }

    private static func name(of identity: Identity) -> (kind: Int, text: String) {
        switch identity.kind {
        case .client: (0, "")
        case .user(let account): (1, account.name)
        case .assertion(let name, _): (2, name)
        case .staticToken(let name): (3, name)
        }
    }

    /// Each once, in one order; encoded before they are compared, because `String` compares by Unicode equivalence.
    private static func scopes(of identity: Identity) -> String {
        identity.scopes.isEmpty ? "" : Set(identity.scopes.map(FormEncoding.encode)).sorted().joined(separator: "+")
    }
}
