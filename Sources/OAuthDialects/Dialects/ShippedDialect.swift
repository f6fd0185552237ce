package import Foundation

/// What a dialect of this package declares as data.
package struct ProviderFacts: Sendable {
    package let name: String
    package let conventions: WireConventions
    package let apiOrigins: APIOrigins
    package let tokenEndpoint: URL

    /// Where refresh tokens are exchanged, if not at the token endpoint.
    package var refreshEndpoint: URL?

    /// Whether the token endpoint takes grants beyond those of RFC 6749.
    package var takesOtherGrants = false

    package var authorizationEndpoint: URL?
    package var revocationEndpoint: URL?
    package var issuer: String?
}

/// A dialect of this package, whose data is in one value.
package protocol ShippedDialect: ProviderDialect {
    var facts: ProviderFacts { get }
}

extension ShippedDialect {
    public var name: String { facts.name }
    public var conventions: WireConventions { facts.conventions }
    public var apiOrigins: APIOrigins { facts.apiOrigins }
    public var authorizationEndpoint: URL? { facts.authorizationEndpoint }
    public var revocationEndpoint: URL? { facts.revocationEndpoint }
    public var issuer: String? { facts.issuer }

    public func tokenEndpoint(for grant: Grant) -> URL? {
        switch grant {
        case .clientCredentials, .authorizationCode: facts.tokenEndpoint
        case .refreshToken: facts.refreshEndpoint ?? facts.tokenEndpoint
        case .other: facts.takesOtherGrants ? facts.tokenEndpoint : nil
        }
    }
}
