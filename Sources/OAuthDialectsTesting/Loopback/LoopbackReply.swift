package import Foundation
package import OAuthDialects

/// What a ``LoopbackServer`` does on a connection once it has read a request: a valid response, or any misbehavior.
package struct LoopbackReply: Sendable {
    /// One action on the connection.
    package enum Step: Sendable {
        /// Writes a whole response, with `Content-Length` unless it has its own framing.
        case response(WireResponse)

        /// Writes bytes as they are.
        case bytes(Data)

        /// Writes this many bytes of `x`, 16 KiB at a time with a pause after each chunk.
        case fill(count: Int, pause: Duration)

        /// Writes bytes one at a time with a pause after each.
        case drip(Data, pause: Duration)

        /// Sends nothing more until the peer leaves or the server stops.
        case hang

        /// Passes bytes on to a port of 127.0.0.1 and back, as a proxy's tunnel, until either side ends.
        case relay(port: Int)

        /// Closes the connection.
        case close

        /// Resets the connection (RST); unread bytes are lost.
        case reset
    }

    /// The actions in order; the connection stays open for the next request unless a step ends it.
    package var steps: [Step]

    /// Whether the server ignores the peer's `Connection: close`.
    package var ignoresClose = false

    /// Creates a reply.
    package init(_ steps: [Step]) {
        self.steps = steps
    }

    /// A valid response.
    package static func response(_ response: WireResponse) -> Self {
        Self([.response(response)])
    }

    /// Text as it is, such as `HTTP/1.1 200 OK\r\n\r\n` or something that is not HTTP; then the connection is closed.
    package static func raw(_ text: String) -> Self {
        Self([.bytes(Data(text.utf8)), .close])
    }

    /// No response, ever.
    package static let hang = Self([.hang])

    /// No response, and the connection is reset.
    package static let reset = Self([.reset])

    /// No response, and the connection is closed.
    package static let close = Self([.close])

    /// The head of a response and this many bytes of its body, then the end of the connection.
    package static func truncated(_ response: WireResponse, afterBodyBytes count: Int) -> Self {
        let whole = LoopbackAnswer.bytes(of: response)
        return Self([.bytes(whole.prefix(whole.count - max(0, response.body.count - count))), .close])
    }

    /// A response whose body arrives one byte at a time.
    package static func dripping(_ response: WireResponse, pause: Duration) -> Self {
        let whole = LoopbackAnswer.bytes(of: response)
        let head = whole.count - response.body.count
        return Self([.bytes(whole.prefix(head)), .drip(Data(whole.dropFirst(head)), pause: pause)])
    }

    /// A 200 with this many bytes of body, framed by `Content-Length` or by the end of the connection.
    package static func streaming(_ count: Int, announcesLength: Bool, pause: Duration = .zero) -> Self {
        let framing = announcesLength ? "Content-Length: \(count)" : "Connection: close"
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n\(framing)\r\n\r\n"
        return Self([.bytes(Data(head.utf8)), .fill(count: count, pause: pause), .close])
    }
}
