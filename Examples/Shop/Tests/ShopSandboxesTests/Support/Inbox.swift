import Foundation
import OAuthDialects
import Synchronization

/// Receives the callbacks of the sandboxes in place of a shop.
final class Inbox: WireTransport {
    private let statuses = Mutex<[Int]>([])
    private let stream: AsyncStream<WireRequest>
    private let continuation: AsyncStream<WireRequest>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream(of: WireRequest.self)
    }

    /// The statuses of the next answers; 200 after them.
    func answer(_ statuses: Int...) {
        self.statuses.withLock { $0 = statuses }
    }

    /// The next callbacks, as they arrive.
    func next(_ count: Int = 1) async -> [WireRequest] {
        var requests: [WireRequest] = []
        for await request in stream {
            requests.append(request)
            if requests.count == count { break }
        }
        return requests
    }

    func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse {
        let status = statuses.withLock { $0.isEmpty ? 200 : $0.removeFirst() }
        continuation.yield(request)
        return WireResponse(status: status)
    }
}
