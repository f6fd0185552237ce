import AsyncHTTPClient
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1
import OAuthDialects

extension HTTPClientRequest {
    /// The request as it is; plain http to loopback alone.
    init(_ request: WireRequest) throws {
        try request.checkForSending()
        // The client sets it, and would send it twice.
        guard request.headers["Content-Length"] == nil else {
            throw TokenError(.invalidRequest, "The request sets the header Content-Length, which the transport sets.")
        }
        self.init(url: request.url.absoluteString)
        method = HTTPMethod(rawValue: request.method)
        for (name, value) in request.headers.fields { headers.add(name: name, value: value) }
        body = request.body.map { .bytes(ByteBuffer(data: $0.data)) }
    }
}

extension WireResponse {
    /// Reads an answer, of its body no more than a limit: what comes after it is cut off with the connection.
    init(_ response: HTTPClientResponse, atMost limit: Int) async throws {
        self.init(status: Int(response.status.code), headers: WireHeaders(response.headers))
        for try await piece in response.body {
            let room = limit - body.count
            body.append(contentsOf: piece.readableBytesView.prefix(room))
            isCutOff = piece.readableBytes > room
            if isCutOff { break }
        }
    }
}

extension WireHeaders {
    init(_ headers: HTTPHeaders) {
        self.init()
        for (name, value) in headers { append(name, value) }
    }
}

extension TimeAmount {
    /// The same time; what has no end ends in a century.
    init(_ duration: Duration) {
        let bounded = min(max(duration, .zero), .seconds(3_000_000_000))
        self = .nanoseconds(bounded.components.seconds * 1_000_000_000 + bounded.components.attoseconds / 1_000_000_000)
    }
}
