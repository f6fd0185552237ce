import Hummingbird
import Synchronization

/// Listens before the shop is built, because the shop has to know its port; until it opens, it asks to come back.
final class StartupResponder: HTTPResponder {
    typealias Context = WebContext

    private let responder = Mutex<(any HTTPResponder<WebContext>)?>(nil)
    private let ports: AsyncStream<Int>
    private let announce: AsyncStream<Int>.Continuation

    init() {
        (ports, announce) = AsyncStream<Int>.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// The port that the server listens on; `nil` if it never does.
    func port() async -> Int? {
        for await port in ports { return port }
        return nil
    }

    func listen(on port: Int) { announce.yield(port) }

    func open(_ responder: any HTTPResponder<WebContext>) {
        self.responder.withLock { $0 = responder }
    }

    func respond(to request: Request, context: WebContext) async throws -> Response {
        guard let responder = responder.withLock({ $0 }) else {
            return Response(status: .serviceUnavailable, headers: [.retryAfter: "1"])
        }
        return try await responder.respond(to: request, context: context)
    }
}
