internal import Dispatch

/// Threads for calls that may block, so that none of the concurrency pool's does.
struct StoreThreads: Sendable {
    static let shared = StoreThreads()

    private let queues = (0..<4).map { DispatchQueue(label: "OAuthDialects.StoreThreads.\($0)") }

    /// Runs blocking work; what belongs to one key runs in its order.
    func run<Result: Sendable>(for key: SessionKey, _ body: @escaping @Sendable () throws -> Result) async throws
        -> Result
    {
        try await withCheckedThrowingContinuation { continuation in
            queues[Int(key.hashValue.magnitude % 4)].async {
                continuation.resume(with: Swift.Result { try body() })
            }
        }
    }
}
