import Foundation
import OAuthDialects

/// What a ``TestServer`` does on a connection once it has read a request.
struct Reply: Sendable {
    /// The bytes that it sends at once.
    var bytes: Data

    /// The bytes that follow one at a time.
    var drip = Data()

    /// The time between two bytes of ``drip``.
    var pause = Duration.milliseconds(1)

    /// What happens to the connection afterwards.
    var end = End.keep

    enum End: Sendable {
        /// The connection waits for the next request, or for the client to leave.
        case keep

        /// The server closes the connection.
        case close

        /// The server resets the connection.
        case reset
    }

    static let hang = Reply(bytes: Data())
    static let close = Reply(bytes: Data(), end: .close)
    static let reset = Reply(bytes: Data(), end: .reset)

    /// A complete response.
    static func response(_ response: WireResponse) -> Self {
        Reply(bytes: head(of: response) + response.body)
    }

    /// Bytes as they are, then the end of the connection.
    static func raw(_ text: String) -> Self {
        Reply(bytes: Data(text.utf8), end: .close)
    }

    /// A response whose body ends early, with the connection.
    static func truncated(_ response: WireResponse, afterBodyBytes count: Int) -> Self {
        Reply(bytes: head(of: response) + response.body.prefix(count), end: .close)
    }

    /// A response whose body arrives one byte at a time.
    static func dripping(_ response: WireResponse, pause: Duration) -> Self {
        Reply(bytes: head(of: response), drip: response.body, pause: pause)
    }

    /// A 200 with part of a body, announced by `Content-Length` or ended by the end of the connection.
    static func streaming(_ count: Int, of total: Int, announcesLength: Bool) -> Self {
        let framing = announcesLength ? "Content-Length: \(total)" : "Connection: close"
        let head = Data("HTTP/1.1 200 OK\r\n\(framing)\r\n\r\n".utf8)
        return Reply(bytes: head + Data(repeating: 0x78, count: count), end: count == total ? .close : .keep)
    }

    private static func head(of response: WireResponse) -> Data {
        var head = "HTTP/1.1 \(response.status) Status\r\nContent-Length: \(response.body.count)\r\n"
        for (name, value) in response.headers.fields { head += "\(name): \(value)\r\n" }
        return Data((head + "\r\n").utf8)
    }
}
