extension WireConventions {
    /// The fields that an exchange sends, `grant_type` first; an empty scope sends no field.
    func fields(of exchange: TokenExchange) -> [WireField] {
        let grant = exchange.grant
        var fields: [WireField?] = [field(.grantType, Secret(grant.type), isSecret: false)]
        switch grant {
        case .clientCredentials:
            break
        case .refreshToken(let token, _):
            fields.append(field(.refreshToken, token.value))
        case .authorizationCode(let code, let redirectURI, let verifier):
            fields.append(field(.code, code))
            if let redirectURI { fields.append(field(.redirectURI, Secret(redirectURI), isSecret: false)) }
            if let verifier { fields.append(field(.codeVerifier, verifier)) }
        case .other(_, let others):
            fields += others.map { WireField($0.0, secret: $0.1) }
        }
        let scopes = scopes(of: exchange)
        if !scopes.isEmpty {
            fields.append(field(.scope, Secret(scopes.joined(separator: scopeSeparator)), isSecret: false))
        }
        return fields.compactMap { $0 } + request.added
    }

    private func scopes(of exchange: TokenExchange) -> [String] {
        guard request.repeatsScopes, exchange.grant.scopes.isEmpty, case .refreshToken = exchange.grant else {
            return exchange.grant.scopes
        }
        return exchange.scopes
    }

    /// A field with this provider's name and word for the value; `nil` if this provider does not take it.
    private func field(_ field: Field, _ value: Secret, isSecret: Bool = true) -> WireField? {
        if request.omitted.contains(field) { return nil }
        let value = request.values[field]?[value.revealed].map { Secret($0) } ?? value
        return isSecret ? WireField(name(field), secret: value) : WireField(name(field), value.revealed)
    }
}
