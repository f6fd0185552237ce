import Foundation

/// A TCP port of loopback on which nobody listens, kept from other tests of any process that come to it in the same way.
///
/// It is none that the system gives to connections, and its namesake in UDP is taken for as long as this lives.
public final class ReservedPort: Sendable {
    public let number: Int
    private let mark: Socket

    public init() throws {
        var failure: any Error = POSIXError(.EADDRINUSE)
        for _ in 0..<100 {
            let number = Int.random(in: 10_000..<30_000)
            do {
                let mark = try Socket.bound(to: "127.0.0.1", number, kind: SOCK_DGRAM)
                _ = try Socket.listening(on: "127.0.0.1", number)
                (self.number, self.mark) = (number, mark)
                return
            } catch { failure = error }
        }
        throw failure
    }
}
