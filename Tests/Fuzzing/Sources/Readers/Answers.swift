import Dispatch
import Foundation
import OAuthDialects
import Synchronization

/// The bytes that a server sends, over a socket and through the platform's transport: a response, or an error with a type.
func readAnswer(_ bytes: Data) {
    let ended = DispatchSemaphore(value: 0)
    Task.detached {
        defer { ended.signal() }
        for method in ["GET", "POST"] {
            RawServer.shared.answer = bytes
            let limits = WireLimits(maximumBodyBytes: 4096, timeout: .seconds(5))
            do {
                let response = try await SystemTransport.system.send(WireRequest(method, RawServer.shared.url), limits)
                expect((200..<1000).contains(response.status), "a final status: \(response.status)")
                expect(response.body.count <= 4096, "a body within its limit: \(response.body.count) bytes")
            } catch let failure as WireFailure {
                expect(failure.mayHaveArrived, "the server had the request: \(failure)")
                expectPresentable(failure)
            } catch {
                expect(error is TokenError, "a typed error, not \(type(of: error))")
            }
        }
    }
    ended.wait()
}

/// A server on loopback that reads a request, sends bytes as they are, and closes the connection.
private final class RawServer: Sendable {
    static let shared = RawServer()

    let url: URL
    private let bytes = Mutex(Data())

    var answer: Data {
        get { bytes.withLock { $0 } }
        set { bytes.withLock { $0 = newValue } }
    }

    private init() {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                precondition(bind(listener, address, size) == 0 && listen(listener, 16) == 0)
                precondition(getsockname(listener, address, &size) == 0)
            }
        }
        url = URL(string: "http://127.0.0.1:\(address.sin_port.bigEndian)/")!
        Thread.detachNewThread { [self] in
            while true { Self.serve(accept(listener, nil, nil), answer) }
        }
    }

    private static func serve(_ connection: Int32, _ answer: Data) {
        defer { close(connection) }
        var request: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4096)
        while !String(decoding: request, as: UTF8.self).contains("\r\n\r\n") {
            let count = read(connection, &piece, piece.count)
            guard count > 0 else { return }
            request += piece[..<count]
        }
        answer.withUnsafeBytes { bytes in
            var sent = 0
            while sent < bytes.count {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[sent...])
                let count = send(connection, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
                guard count > 0 else { return }
                sent += count
            }
        }
    }
}
