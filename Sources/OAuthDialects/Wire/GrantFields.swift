extension WireConventions {
    /// The fields that a grant sends, `grant_type` first; an empty scope sends no field.
    func fields(of grant: Grant) -> [WireField] {
        var fields = [WireField(name("grant_type"), grant.type)]
        switch grant {
        case .clientCredentials:
            break
        case .refreshToken(let token, _):
            fields.append(WireField(name("refresh_token"), secret: token.value))
        case .authorizationCode(let code, let redirectURI, let verifier):
            fields.append(WireField(name("code"), secret: code))
            if let redirectURI { fields.append(WireField(name("redirect_uri"), redirectURI)) }
            if let verifier { fields.append(WireField(name("code_verifier"), secret: verifier)) }
        case .other(_, let others):
            fields += others.map { WireField($0.0, secret: $0.1) }
        }
        if !grant.scopes.isEmpty {
            fields.append(WireField(name("scope"), grant.scopes.joined(separator: scopeSeparator)))
        }
        return fields + extraFields
    }
}
