import Foundation

/// A port on which connections are made and nothing is answered.
struct SilentServer {
    let url: URL

    init() throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let port = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address -> UInt16? in
                guard bind(listener, address, size) == 0, listen(listener, 16) == 0 else { return nil }
                guard getsockname(listener, address, &size) == 0 else { return nil }
                return pointer.pointee.sin_port.bigEndian
            }
        }
        guard let port, let url = URL(string: "http://127.0.0.1:\(port)/") else { throw CocoaError(.fileReadUnknown) }
        self.url = url
    }
}
