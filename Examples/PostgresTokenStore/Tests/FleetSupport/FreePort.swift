/// A port of loopback on which nobody listens.
public enum FreePort {
    public static func any() throws -> Int {
        try Socket.listening(on: "127.0.0.1", 0).port
    }
}
