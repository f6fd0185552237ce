internal import Dispatch

/// A store's threads for blocking calls, so that they don't block the concurrency pool.
///
/// Each store has its own: a cipher that waits for its keys holds up no other store.
struct StoreThreads: Sendable {
    private let queues = (0..<4).map { DispatchQueue(label: "OAuthDialects.StoreThreads.\($0)") }

    /// Runs blocking work; the calls of one key run in order.
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
