import Foundation
import OAuthDialects
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// A `URLSession` that delivers more of a body than the response declares, as Foundation on Linux has after a suspension.
struct DeclaredLengthTests {
    private static func response(_ headers: [String: String]) throws -> URLResponse {
        let url = try Sample.url("https://api.example/p4th?k=qu3ry")
        return try #require(HTTPURLResponse(url: url, statusCode: 200, httpVersion: "HTTP/1.1", headerFields: headers))
    }

    private static func streamed() -> (TransportExchange, BodySource) {
        let exchange = TransportExchange(maximumBodyBytes: .max, isHead: false, isStreamed: true)
        let source = BodySource {
        } cancel: {
        }
        exchange.attach(source)
        return (exchange, source)
    }

    @Test func `Bytes beyond the declared length end the body with an error and are not passed on`() async throws {
        let (exchange, source) = Self.streamed()
        #expect(exchange.receive(try Self.response(["Content-Length": "8"])))
        #expect(exchange.receive(Data("abcd".utf8), at: SystemClock().now) == .goOn)
        #expect(exchange.receive(Data("efgh".utf8), at: SystemClock().now) == .goOn)
        #expect(exchange.receive(Data("efgh".utf8), at: SystemClock().now) == .stop)
        #expect(try await source.next() == ArraySlice("abcd".utf8))
        #expect(try await source.next() == ArraySlice("efgh".utf8))
        let failure = await #expect(throws: WireFailure.self) { try await source.next() }
        #expect(failure?.reason == .connectionLost)
        #expect(failure?.mayHaveArrived == true)
        #expect(failure?.message == "The body from api.example has more bytes than its Content-Length.")
    }

    @Test func `So does an answer that is not streamed`() async throws {
        let exchange = TransportExchange(maximumBodyBytes: 1024, isHead: false, isStreamed: false)
        #expect(exchange.receive(try Self.response(["Content-Length": "3"])))
        #expect(exchange.receive(Data("abcd".utf8), at: SystemClock().now) == .stop)
        let failure = await #expect(throws: WireFailure.self) {
            try await withCheckedThrowingContinuation { _ = exchange.begin($0) }
        }
        #expect(failure?.reason == .connectionLost)
    }

    @Test(arguments: [
        ["Content-Length": "3", "Content-Encoding": "gzip"], ["Content-Length": "3", "Transfer-Encoding": "chunked"],
        ["Content-Length": "three"], [:],
    ])
    func `A length that is not that of the delivered bytes does not count`(_ headers: [String: String]) throws {
        let (exchange, source) = Self.streamed()
        #expect(exchange.receive(try Self.response(headers)))
        #expect(exchange.receive(Data("abcdefgh".utf8), at: SystemClock().now) == .goOn)
        withExtendedLifetime(source) {}
    }
}
