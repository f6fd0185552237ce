import Foundation
import Hummingbird
import ServiceLifecycle

/// A response of server-sent events, which ends with the browser, the feed, or the server.
enum EventStream {
    /// Sends a comment now and then, so that a connection whose browser is gone is found.
    private static let heartbeat = Duration.seconds(15)

    /// The response whose events a feed sends.
    ///
    /// - Parameters:
    ///   - request: the request to answer.
    ///   - feed: sends fragments of a page until it returns or is cancelled.
    /// - Returns: a response whose body goes on until the feed ends.
    static func response(
        to request: Request,
        feed: @escaping @Sendable (AsyncStream<String>.Continuation) async -> Void
    ) -> Response {
        let body = ResponseBody { writer in
            // It throws when the browser leaves; then there is nobody to tell.
            try? await request.body.consumeWithCancellationOnInboundClose { _ in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    let (texts, texter) = AsyncStream<String>.makeStream(bufferingPolicy: .bufferingNewest(64))
                    group.addTask {
                        await feed(texter)
                        texter.finish()
                    }
                    group.addTask {
                        while true {
                            try await Task.sleep(for: heartbeat)
                            texter.yield(":\n\n")
                        }
                    }
                    try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
                    for try await text in texts.cancelOnGracefulShutdown() {
                        try await writer.write(ByteBuffer(string: text))
                    }
                    group.cancelAll()
                }
            }
            try await writer.finish(nil)
        }
        let headers: HTTPFields = [
            .contentType: "text/event-stream", .cacheControl: "no-store", .accelBuffering: "no",
        ]
        return Response(status: .ok, headers: headers, body: body)
    }

    /// An event whose data is a fragment.
    static func event(_ fragment: String) -> String {
        let lines = fragment.split(omittingEmptySubsequences: true, whereSeparator: \.isNewline)
        return lines.map { "data: \($0)\n" }.joined() + "\n"
    }
}
