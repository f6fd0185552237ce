import Foundation
import OAuthDialects

/// Ten thousand clients that get a token at once from a provider that takes 200 ms: each in a process of its own, which prints its
/// processor time in seconds and its largest memory in KiB.
enum Renewals {
    static let count = 10_000

    @concurrent
    static func run(_ endpoint: URL, _ count: Int) async throws {
        let store = InMemoryTokenStore()
        let origin = "http://127.0.0.1:\(endpoint.port ?? 80)"
        let sessions = (0..<count).map { number in
            TokenSession(
                dialect: .standard(name: "benchmark", tokenEndpoint: endpoint, apiHosts: [origin]),
                credentials: ClientCredentials(id: "client-\(number)", secret: "secret"),
                store: store
            )
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for session in sessions { group.addTask { _ = try await session.accessToken(within: .seconds(60)) } }
            try await group.waitForAll()
        }
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        print(Measure.processorTime, usage.ru_maxrss)
    }
}
