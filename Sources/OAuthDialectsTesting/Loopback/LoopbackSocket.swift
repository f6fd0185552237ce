internal import Foundation

/// An error from starting a ``LoopbackServer``.
package struct LoopbackFailure: Error, Sendable, CustomStringConvertible {
    /// The operation, and the system's message.
    package let description: String

    init(_ operation: String, _ code: Int32 = errno) {
        let text = unsafe String(cString: strerror(code))
        description = "\(operation): \(text)"
    }
}

/// The blocking socket calls of a server, to be called on its own threads.
struct LoopbackSocket: Sendable {
    let descriptor: Int32

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    static func listening(on host: String, port: Int, backlog: Int32 = 512) throws -> Self {
        try unsafe withAddress(host, port) { address, length, family in
            let socket = try Self(descriptor: checked("socket", systemSocket(family)))
            do {
                socket.set(SO_REUSEADDR, 1)
                _ = try unsafe checked("bind to \(host):\(port)", bind(socket.descriptor, address, length))
                _ = try checked("listen", listen(socket.descriptor, backlog))
            } catch {
                socket.close()
                throw error
            }
            return socket
        }
    }

    /// Connects and disconnects, which wakes a thread blocked in ``accept()``.
    static func knock(on host: String, port: Int) {
        try? unsafe withAddress(host, port) { address, length, family in
            let socket = try Self(descriptor: checked("socket", systemSocket(family)))
            _ = unsafe connect(socket.descriptor, address, length)
            socket.close()
        }
    }

    var port: Int {
        var storage = sockaddr_in6()
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let result = unsafe withUnsafeMutablePointer(to: &storage) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe getsockname(descriptor, address, &length)
            }
        }
        // Both address families have the port at the same offset.
        return result == 0 ? Int(UInt16(bigEndian: storage.sin6_port)) : 0
    }

    /// The next connection; `nil` if accepting failed.
    func accept() -> Self? {
        let accepted = Foundation.accept(descriptor, nil, nil)
        guard accepted >= 0 else { return nil }
        let socket = Self(descriptor: accepted)
        #if !os(Linux)
        socket.set(SO_NOSIGPIPE, 1)
        #endif
        var on: Int32 = 1
        _ = unsafe setsockopt(accepted, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        return socket
    }

    /// The received bytes; empty at the end of the stream; `nil` on an error or after the timeout.
    func receive(within timeout: Duration) -> Data? {
        guard isReadable(within: timeout) else { return nil }
        var buffer = [UInt8](repeating: 0, count: 16 * 1024)
        let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
        return count < 0 ? nil : Data(buffer.prefix(count))
    }

    /// Writes as many bytes as the system accepts, and returns their count; `nil` if the peer is gone.
    func send(_ bytes: Data) -> Int? {
        #if os(Linux)
        let flags = Int32(MSG_NOSIGNAL)
        #else
        let flags: Int32 = 0
        #endif
        let count = unsafe bytes.withUnsafeBytes { buffer in
            unsafe Foundation.send(descriptor, buffer.baseAddress, buffer.count, flags)
        }
        return count < 0 ? nil : count
    }

    /// Waits for the peer to leave; `false` after the timeout.
    func isLeft(within timeout: Duration) -> Bool {
        guard isReadable(within: timeout) else { return false }
        var byte: UInt8 = 0
        return unsafe recv(descriptor, &byte, 1, Int32(MSG_PEEK)) <= 0
    }

    /// Shuts down both directions, which wakes a thread blocked on the socket.
    func shutDown() {
        _ = shutdown(descriptor, Int32(SHUT_RDWR))
    }

    func close() {
        _ = Foundation.close(descriptor)
    }

    /// Closes the connection with a reset.
    func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        _ = unsafe setsockopt(
            descriptor,
            SOL_SOCKET,
            SO_LINGER,
            &option,
            socklen_t(MemoryLayout<linger>.size)
        )
        close()
    }

    private func isReadable(within timeout: Duration) -> Bool {
        let milliseconds = min(timeout / .milliseconds(1), Double(Int32.max))
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&entry, 1, Int32(milliseconds.rounded(.up))) > 0
    }

    func set(_ option: Int32, _ value: Int32) {
        var value = value
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    static func systemSocket(_ family: Int32) -> Int32 {
        #if os(Linux)
        socket(family, Int32(SOCK_STREAM.rawValue), 0)
        #else
        socket(family, SOCK_STREAM, 0)
        #endif
    }

    static func checked(_ operation: String, _ result: Int32) throws -> Int32 {
        guard result >= 0 else { throw LoopbackFailure(operation) }
        return result
    }

    static func withAddress<Result>(
        _ host: String,
        _ port: Int,
        _ body: (UnsafePointer<sockaddr>, socklen_t, Int32) throws -> Result
    ) throws -> Result {
        var hints = unsafe addrinfo()
        unsafe hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
        unsafe hints.ai_socktype = 1
        var found: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(host, String(port), &hints, &found) == 0, let info = unsafe found else {
            throw LoopbackFailure("\(host):\(port) is no address", EINVAL)
        }
        defer { unsafe freeaddrinfo(info) }
        return try unsafe body(info.pointee.ai_addr, info.pointee.ai_addrlen, info.pointee.ai_family)
    }
}
