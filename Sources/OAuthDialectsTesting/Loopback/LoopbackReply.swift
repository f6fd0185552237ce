package import Foundation
package import OAuthDialects

/// What a ``LoopbackServer`` does on a connection once it has read a request: a decent answer, or any misbehavior.
package struct LoopbackReply: Sendable {
    /// One thing done on the connection.
    package enum Step: Sendable {
        /// Writes a whole answer; `Content-Length` is added where the answer does not frame itself.
        case response(WireResponse)

        /// Writes bytes as they are.
        case bytes(Data)

        /// Writes so many bytes of `x`, 16 KiB at a time with a pause after each.
        case fill(count: Int, pause: Duration)

        /// Writes bytes one at a time with a pause after each.
        case drip(Data, pause: Duration)

        /// Says nothing more until the peer leaves or the server stops.
        case hang

        /// Closes the connection.
        case close

        /// Resets the connection (RST): what was not read yet is lost.
        case reset
    }

    /// What is done, in order; the connection is kept for the next request if no step ends it.
    package var steps: [Step]

    /// Whether a peer's `Connection: close` is not obeyed.
    package var ignoresClose = false

    /// Makes a reply of steps.
    package init(_ steps: [Step]) {
        self.steps = steps
    }

    /// A decent answer.
    package static func response(_ response: WireResponse) -> Self {
        Self([.response(response)])
    }

    /// A text as it is, such as `HTTP/1.1 200 OK\r\n\r\n` or something that is not HTTP; then the connection is closed.
    package static func raw(_ text: String) -> Self {
        Self([.bytes(Data(text.utf8)), .close])
    }

    /// No answer, ever.
    package static let hang = Self([.hang])

    /// No answer, and the connection is reset.
    package static let reset = Self([.reset])

    /// No answer, and the connection is closed.
    package static let close = Self([.close])

    /// The head of an answer and so many bytes of its body, then the end of the connection.
    package static func truncated(_ response: WireResponse, afterBodyBytes count: Int) -> Self {
        let whole = LoopbackAnswer.bytes(of: response)
        return Self([.bytes(whole.prefix(whole.count - max(0, response.body.count - count))), .close])
    }

    /// An answer whose body comes one byte at a time.
    package static func dripping(_ response: WireResponse, pause: Duration) -> Self {
        let whole = LoopbackAnswer.bytes(of: response)
        let head = whole.count - response.body.count
        return Self([.bytes(whole.prefix(head)), .drip(Data(whole.dropFirst(head)), pause: pause)])
    }

    /// A 200 with so many bytes of body, announced by `Content-Length` or ended by the end of the connection.
    package static func streaming(_ count: Int, announcesLength: Bool, pause: Duration = .zero) -> Self {
        let framing = announcesLength ? "Content-Length: \(count)" : "Connection: close"
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n\(framing)\r\n\r\n"
        return Self([.bytes(Data(head.utf8)), .fill(count: count, pause: pause), .close])
    }
}
