import Foundation

/// A TCP socket over IPv4, blocking: tests run each on a thread of its own.
public final class Socket: Sendable {
    public let number: Int32

    init(_ number: Int32) {
        self.number = number
    }

    deinit { close(number) }

    static func made(_ kind: __socket_type = SOCK_STREAM) throws -> Socket {
        let number = socket(AF_INET, Int32(kind.rawValue), 0)
        guard number >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        return Socket(number)
    }

    static func connected(to host: String, _ port: Int) throws -> Socket {
        let socket = try made()
        try socket.check(withAddress(host, port) { connect(socket.number, $0, $1) })
        return socket
    }

    static func bound(to host: String, _ port: Int, kind: __socket_type) throws -> Socket {
        let socket = try made(kind)
        try socket.check(withAddress(host, port) { bind(socket.number, $0, $1) })
        return socket
    }

    static func listening(on host: String, _ port: Int) throws -> Socket {
        let socket = try made()
        var on: Int32 = 1
        setsockopt(socket.number, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        try socket.check(withAddress(host, port) { bind(socket.number, $0, $1) })
        try socket.check(listen(socket.number, 128))
        return socket
    }

    var port: Int {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(number, $0, &length) }
        }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    func accepted() -> Socket? {
        let accepted = accept(number, nil, nil)
        return accepted >= 0 ? Socket(accepted) : nil
    }

    /// The bytes that have come, or `nil` at the end.
    func received() -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = recv(number, &bytes, bytes.count, 0)
        return count > 0 ? Array(bytes[..<count]) : nil
    }

    func send(_ bytes: some Collection<UInt8>) -> Bool {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    func end() { _ = shutdown(number, Int32(SHUT_RDWR)) }

    private func check(_ result: Int32) throws {
        guard result == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    }

    private static func withAddress(_ host: String, _ port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32)
        -> Int32
    {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        inet_pton(AF_INET, host, &address.sin_addr)
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
    }
}
