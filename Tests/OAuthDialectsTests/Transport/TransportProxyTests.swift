#if os(Linux)
import Foundation
import Glibc
import OAuthDialects
import Testing

/// Hosts and proxies that can't be reached, in processes with an environment of their own.
@Suite(.timeLimit(.minutes(5)))
struct TransportProxyTests {
    @Test func `A host that does not exist was not found`() async throws {
        let lines = try await transportWorker("send", "https://nobody.invalid/", "5000")
        #expect(lines.first?.hasPrefix("notConnected unsent The host nobody.invalid was not found") == true, "\(lines)")
    }

    @Test(arguments: ["host.invalid:1", "127.0.0.1:1", "127.0.0.1:1:2", "[::1"], ["http", "https", "odd"])
    func `A proxy that can't be used sends nothing and shows no password`(proxy: String, scheme: String) async throws {
        let lines = try await send(through: "\(scheme)://user:pa55word@\(proxy)")
        let start = "notConnected unsent No connection to provider.test could be made"
        #expect(lines.first?.hasPrefix(start) == true, "\(lines)")
    }

    @Test func `A proxy that does not answer costs the timeout, and nothing was sent`() async throws {
        let server = try RawServer(answer: nil)
        let lines = try await send(through: "http://user:pa55word@127.0.0.1:\(server.port)")
        #expect(
            lines.first?.hasPrefix("timedOut unsent No connection to provider.test could be made in time") == true,
            "\(lines)"
        )
        server.stop()
    }

    @Test(arguments: [407, 403, 502])
    func `A proxy that refuses is named as the cause, and nothing was sent`(status: Int) async throws {
        let refusal = "HTTP/1.1 \(status) No\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"
        let server = try RawServer(answer: refusal)
        let lines = try await send(through: "http://user:pa55word@127.0.0.1:\(server.port)")
        let start = "notConnected unsent No connection to provider.test could be made"
        #expect(lines.first?.hasPrefix(start) == true, "\(lines)")
        #expect(lines.first?.contains("\(status)") == true, "\(lines)")
        server.stop()
    }

    private func send(through proxy: String) async throws -> [String] {
        let lines = try await transportWorker(
            "send",
            "https://provider.test/",
            "1000",
            variables: ["https_proxy": proxy]
        )
        #expect(lines.last == "exit 0")
        #expect(!lines.contains { $0.contains("pa55word") || $0.contains("user") }, "\(lines)")
        return lines
    }
}

/// A server on loopback that answers any bytes with the same ones, or never.
final class RawServer: Sendable {
    let port: UInt16
    private let listener: Int32

    init(answer: String?) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let isBound = unsafe withUnsafeMutablePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(listener, $0, size) == 0 && listen(listener, 16) == 0
                    && getsockname(listener, $0, &size) == 0
            }
        }
        try #require(isBound)
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread {
            while case let connection = accept(listener, nil, nil), connection >= 0 {
                var bytes = [UInt8](repeating: 0, count: 4096)
                _ = unsafe recv(connection, &bytes, bytes.count, 0)
                guard let answer else { continue }
                _ = unsafe send(connection, answer, answer.utf8.count, Int32(MSG_NOSIGNAL))
                close(connection)
            }
        }
    }

    /// Ends the thread, and with it the descriptor.
    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
    }
}
#endif
