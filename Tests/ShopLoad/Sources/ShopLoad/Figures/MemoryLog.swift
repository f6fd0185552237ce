import Synchronization

/// How much memory the shop held, second by second.
final class MemoryLog: Sendable {
    private let samples = Mutex<[(second: Int, bytes: Int)]>([])

    /// Looks once a second, until its task is cancelled.
    func run(_ shop: ShopProcess) async {
        let start = ContinuousClock.now
        while !Task.isCancelled {
            let second = Int((ContinuousClock.now - start) / .seconds(1))
            let bytes = shop.residentBytes
            samples.withLock { $0.append((second, bytes)) }
            try? await Task.sleep(for: .seconds(1))
        }
    }

    /// The memory after so many seconds, or at the end if that came first.
    func bytes(after seconds: Int) -> Int {
        samples.withLock { samples in (samples.first { $0.second >= seconds } ?? samples.last)?.bytes ?? 0 }
    }

    /// The memory at the end.
    var last: Int { samples.withLock { $0.last?.bytes ?? 0 } }
}
