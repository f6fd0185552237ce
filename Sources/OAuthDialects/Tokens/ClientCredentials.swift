internal import Foundation

/// A client's id and, unless it is a public client, its secret.
public struct ClientCredentials: Sendable, Equatable {
    /// The client's id; not a secret.
    public let id: String

    /// The client's secret; `nil` for a public client (RFC 6749, section 2.1).
    public let secret: Secret?

    /// Creates the credentials of a confidential client.
    public init(id: String, secret: Secret) {
        self.id = id
        self.secret = secret
    }

    /// Creates the credentials of a confidential client.
    public init(id: String, secret: String) {
        self.init(id: id, secret: Secret(secret))
    }

    /// Creates the credentials of a public client, which has no secret.
    public init(id: String) {
        self.id = id
        self.secret = nil
    }

    /// Reads `PREFIX_CLIENT_ID` and `PREFIX_CLIENT_SECRET` from the environment.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/invalidCredentials`` that names every variable that is
    ///   missing or empty.
    package static func environment(
        _ prefix: String,
        in environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> ClientCredentials {
        let idName = prefix + "_CLIENT_ID"
        let secretName = prefix + "_CLIENT_SECRET"
        let id = environment[idName] ?? ""
        let secret = environment[secretName] ?? ""
        let missing = [(idName, id), (secretName, secret)].filter(\.1.isEmpty).map(\.0)
        guard missing.isEmpty else {
            throw TokenError(
                .invalidCredentials,
                "Missing environment variables: \(missing.joined(separator: ", ")).",
                hint: "Set \(missing.count == 1 ? "it to the value" : "them to the values") that the provider gave you."
            )
        }
        return ClientCredentials(id: id, secret: secret)
    }
}
