internal import Foundation
internal import OAuthDialects

extension DialectBench {
    private static let types: [String: (type: Any.Type, name: String)] = [
        "name": (String.self, "String"), "conventions": (WireConventions.self, "WireConventions"),
        "apiOrigins": (APIOrigins.self, "APIOrigins"), "authorizationEndpoint": (URL?.self, "URL?"),
        "revocationEndpoint": (URL?.self, "URL?"), "issuer": (String?.self, "String?"),
    ]

    /// Checks the types of the stored properties: one with a member's name and another type compiles, and is not the member.
    var memberTypes: [ConformanceCase] {
        Mirror(reflecting: dialect).children.compactMap { label, value in
            guard let label, let (expected, name) = Self.types[label] else { return nil }
            let actual = type(of: value)
            let isRight = actual == expected
            return one(.memberTypes, label, "of the type \(name)") {
                isRight ? nil : "of the type \(actual), which is not used"
            }
        }
    }
}

extension ProviderDialect {
    /// The request that revokes the kit's tokens.
    var revocation: WireRequest? {
        let refreshToken = try? RefreshToken(DialectBench.refreshTokenText)
        let tokens = try? TokenSet(accessToken: Secret(DialectBench.token), refreshToken: refreshToken)
        return tokens.flatMap { try? revocationRequest(for: $0, by: DialectBench.credentials) }
    }
}
