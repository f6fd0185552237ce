extension WireConventions {
    /// Reads a token answer in either spelling (RFC 6749, section 5.1), leniently.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/unreadableAnswer`` if it contains no usable bearer token.
    public func tokens(in response: WireResponse) throws -> TokenSet {
        guard !response.isCutOff else {
            throw TokenError(.unreadableAnswer, "The token answer is larger than the limit: \(response).")
        }
        guard let fields = response.fields else {
            throw TokenError(.unreadableAnswer, "The token answer is not a JSON object: \(response).")
        }
        return try Self.tokens(in: fields)
    }

    static func tokens(in fields: JSONFields) throws -> TokenSet {
        guard let accessToken = try fields.text("access_token") else {
            throw TokenError(.unreadableAnswer, "The token answer has no access token.")
        }
        try checkType(of: fields)
        let refreshToken = try fields.text("refresh_token").flatMap { $0.isEmpty ? nil : try RefreshToken($0) }
        return try TokenSet(
            accessToken: Secret(accessToken),
            lifetime: Lifetime.read(try fields.value("expires_in")),
            refreshToken: refreshToken,
            refreshTokenLifetime: Lifetime.read(try fields.value("refresh_token_expires_in")),
            scopes: scopes(in: try fields.value("scope")),
            idToken: idToken(in: fields)
        )
    }

    /// An invalid ID token is ignored: nothing depends on it.
    private static func idToken(in fields: JSONFields) -> Secret? {
        guard let text = (try? fields.text("id_token")) ?? nil else { return nil }
        return (try? TokenText.check(Secret(text), named: "id token")).map { Secret(text) }
    }

    /// A missing type means bearer; this client supports no other type (RFC 6749, section 7.1).
    private static func checkType(of fields: JSONFields) throws {
        guard let value = try fields.value("token_type") else { return }
        guard case .text(let type) = value, type.isEmpty || ASCII.lowercase(type) == "bearer" else {
            // A longer type may be a token in the wrong field.
            let shown =
                if case .text(let type) = value {
                    type.utf8.count <= 16 ? ProviderText.clean(type) : "of \(type.utf8.count) bytes"
                } else { "that is not a string" }
            throw TokenError(.unreadableAnswer, "The token type \(shown) is not Bearer.")
        }
    }

    private static func scopes(in value: JSONFields.Value?) -> [String]? {
        switch value {
        case .text(let text):
            return text.split { $0 == " " || $0 == "," }.map(String.init)
        case .list(let values):
            return values.compactMap { if case .text(let text) = $0 { text } else { nil } }
        default:
            return nil
        }
    }
}
