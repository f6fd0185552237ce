import ArgumentParser
import Foundation
import OAuthDialects

/// Which provider it is, and where.
struct ProviderOptions: ParsableArguments {
    @Argument(help: "wetix, revenue-monster, tiki, or any other name for one that follows RFC 6749.")
    var name: String

    @Flag(help: "The provider's own sandbox: WeTix and Revenue Monster have one.")
    var sandbox = false

    @Flag(help: "Let a sandbox on this machine play the provider.")
    var rehearse = false

    @Option(help: "The root of a server in the place of the provider's own.", transform: url)
    var server: URL?

    @Option(help: "Where people sign in; needed for WeTix, which documents none, and for other names.", transform: url)
    var authorizationEndpoint: URL?

    @Option(help: "Where codes are exchanged; for other names.", transform: url)
    var tokenEndpoint: URL?

    @Option(name: .customLong("api-host"), help: "A host that tokens may go to; repeatable.")
    var apiHosts: [String] = []

    @Option(help: "The id of a public client, which has no secret; for other names.")
    var publicClient: String?

    @Flag(help: "Tiki: the app is registered for client_secret_post.")
    var secretInBody = false

    func validate() throws {
        guard !rehearse || Rehearsal.names.contains(name) else {
            throw ValidationError("There is a sandbox of \(Rehearsal.names.joined(separator: ", ")) alone.")
        }
    }

    func dialect() throws -> any ProviderDialect {
        switch name {
        case "wetix":
            return .weTix(
                server.map { .custom($0) } ?? (sandbox ? .sandbox : .production),
                authorizationEndpoint: authorizationEndpoint,
                apiHosts: apiHosts
            )
        case "revenue-monster":
            let place = server.map { RevenueMonsterDialect.Environment.custom($0) }
            return .revenueMonster(place ?? (sandbox ? .sandbox : .production), apiHosts: apiHosts)
        case "tiki":
            guard !sandbox else { throw ValidationError("Tiki documents no sandbox; --server names another place.") }
            return .tiki(
                server.map { .custom($0) } ?? .production,
                authentication: secretInBody ? .body : .basic,
                apiHosts: apiHosts
            )
        default:
            return try standard()
        }
    }

    private func standard() throws -> any ProviderDialect {
        guard let tokenEndpoint, let authorizationEndpoint else {
            throw ValidationError("Nothing is known of \(name): give --token-endpoint and --authorization-endpoint.")
        }
        return .standard(
            name: name,
            tokenEndpoint: tokenEndpoint,
            apiHosts: apiHosts,
            authorizationEndpoint: authorizationEndpoint,
            conventions: WireConventions {
                $0.request.clientAuthentication = publicClient == nil ? .basicFormEncoded : .publicClient
            }
        )
    }

    func credentials() throws -> ClientCredentials {
        if let publicClient { return ClientCredentials(id: publicClient) }
        return try .environment(name.uppercased().replacing("-", with: "_"))
    }
}

/// Reads an option that is a URL.
@Sendable
func url(_ text: String) throws -> URL {
    guard let url = URL(string: text), url.host() != nil else { throw ValidationError("\(text) is no URL.") }
    return url
}
