import Foundation
import OAuthDialects
import OAuthDialectsTesting

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Shows one provider: its sandbox listens on a port of this machine, and one session serves the app's calls.
func show(_ name: String, _ provider: ProviderSandbox.Provider) async throws {
    let sandbox = ProviderSandbox(provider, clock: .system)
    sandbox.stub("GET", "/orders", json: #"{"orders":[]}"#)
    let server = try await sandbox.serve()
    let session = TokenSession(dialect: sandbox.dialect(at: server.url), credentials: sandbox.credentials)
    let request = URLRequest(url: server.url.appending(path: "orders"))

    print("\n\(name)")
    try await call("acquired")  // The first call obtains a token.
    _ = try await session.renew()  // A session also renews by itself, before its token expires.
    try await call("renewed")
    sandbox.revokeAccessTokens()
    sandbox.revokeRefreshTokens()
    try await call("re-authenticated")  // The API rejects the token; the session gets another and repeats the call.
    await server.stop()

    /// Makes the app's call, and prints the last token request that the provider received, and the call's status.
    func call(_ step: String) async throws {
        let (_, response) = try await session.data(for: request)
        let received = sandbox.transcript.last { $0.request.hasPrefix("POST") }?.request ?? ""
        let path = received.split(separator: " ").dropFirst().first ?? ""
        let grant = received.contains("=refresh_token") ? "refresh_token" : "client_credentials"
        printRow("  \(step)", "\(path)", grant, "\(response.statusCode)")
    }
}

func printRow(_ step: String, _ path: String, _ grant: String, _ status: String) {
    print([step, path, grant].map { $0 + String(repeating: " ", count: max(1, 20 - $0.count)) }.joined() + status)
}

do {
    print("Three providers on this machine, over HTTP; one session for each:\n")
    printRow("", "token request", "grant type", "call")
    try await show("WeTix", .weTix)
    try await show("Revenue Monster", .revenueMonster)
    try await show("Tiki", .tiki)
    print("\nBefore each third call, the provider revoked every token.")
    print("The session obtained another, and repeated the call.")
} catch {
    print(error)
    exit(1)
}
