import Foundation
import OAuthDialects

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// The shop's orders at Beacon Pay.
struct Orders: Sendable {
    let session: TokenSession

    init() throws {
        session = TokenSession(
            dialect: .beacon,
            credentials: try .environment("BEACON"),
            store: FileTokenStore()
        )
        print(try session.preview(.clientCredentials()))
    }

    func all() async throws -> Data {
        let url = URL(string: "https://api.beacon.example/v1/orders")!
        let (data, _) = try await session.data(for: URLRequest(url: url))
        return data
    }
}
