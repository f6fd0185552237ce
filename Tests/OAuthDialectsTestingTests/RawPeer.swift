import Foundation

/// Writes bytes to a server and reads until it closes, by blocking calls.
enum RawPeer {
    static func exchange(_ text: String, with url: URL) throws -> String {
        #if os(Linux)
        let stream = Int32(SOCK_STREAM.rawValue)
        #else
        let stream = SOCK_STREAM
        #endif
        let peer = socket(AF_INET, stream, 0)
        defer { close(peer) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(url.port ?? 0).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let connected = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(peer, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw CocoaError(.fileReadUnknown) }
        let file = FileHandle(fileDescriptor: peer, closeOnDealloc: false)
        if !text.isEmpty { try file.write(contentsOf: Data(text.utf8)) }
        return String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
    }
}
