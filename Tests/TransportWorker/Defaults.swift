#if os(Linux)
import Foundation
import FoundationNetworking
import OAuthDialects

/// A session as an app makes it in two lines.
struct Defaults {
    private let url: URL

    init(_ url: URL) { self.url = url }

    func run() async throws {
        let session = TokenSession(
            dialect: .standard(name: "defaults", tokenEndpoint: url, apiHosts: ["http://127.0.0.1:\(url.port ?? 80)"]),
            credentials: ClientCredentials(id: "id", secret: "secret")
        )
        let (_, response) = try await session.data(for: URLRequest(url: url))
        say("status \(response.statusCode)")
        say("tasks \(TransportChannel.taskCount.withLock(\.self))")
    }
}
#endif
