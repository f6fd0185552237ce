internal import Foundation

extension WireConventions {
    /// Adds the client's credentials: as a header or as fields, never both.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/invalidCredentials`` for an empty id, a missing secret, a
    ///   `:` in the id of a raw Basic client, or control characters that no header can carry.
    func authenticate(
        _ credentials: ClientCredentials,
        headers: inout WireHeaders,
        fields: inout [WireField]
    ) throws {
        guard !credentials.id.isEmpty else {
            throw TokenError(.invalidCredentials, "The client id is empty.")
        }
        switch request.clientAuthentication {
        case .none: break
        case .publicClient:
            fields.append(WireField(name(.clientID), credentials.id))
        case .body:
            let secret = try Self.secret(of: credentials)
            fields.append(WireField(name(.clientID), credentials.id))
            fields.append(WireField(name(.clientSecret), secret: secret))
        case .basic:
            let secret = try Self.secret(of: credentials)
            guard !credentials.id.utf8.contains(UInt8(ascii: ":")) else {
                throw TokenError(
                    .invalidCredentials,
                    "The client id contains a ':', which HTTP Basic authentication can't send."
                )
            }
            headers["Authorization"] = try Self.basic(credentials.id, secret.revealed)
        case .basicFormEncoded:
            let secret = try Self.secret(of: credentials)
            let halves = (FormEncoding.encode(credentials.id), FormEncoding.encode(secret.revealed))
            headers["Authorization"] = try Self.basic(halves.0, halves.1)
        }
    }

    /// What to check if a client is refused whose credentials the two encodings of Basic write differently.
    func encodingHint(for client: ClientCredentials) -> String? {
        let isDifferent = [client.id, client.secret?.revealed ?? ""].contains { FormEncoding.encode($0) != $0 }
        switch request.clientAuthentication {
        case .basic where isDifferent:
            return """
                The id or the secret has characters that .basicFormEncoded encodes and .basic does not: check which of the two the \
                provider expects.
                """
        case .basicFormEncoded where isDifferent:
            return """
                The id or the secret has characters that .basic does not encode and .basicFormEncoded does: check which of the two \
                the provider expects.
                """
        default: return nil
        }
    }

    private static func secret(of credentials: ClientCredentials) throws -> Secret {
        guard let secret = credentials.secret, !secret.isEmpty else {
            throw TokenError(
                .invalidCredentials,
                "The client secret is missing: this provider supports confidential clients only."
            )
        }
        return secret
    }

    private static func basic(_ id: String, _ secret: String) throws -> String {
        guard (id + secret).unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
            throw TokenError(
                .invalidCredentials,
                "The client id or secret contains a control character (RFC 7617, section 2)."
            )
        }
        return "Basic " + Data("\(id):\(secret)".utf8).base64EncodedString()
    }
}
