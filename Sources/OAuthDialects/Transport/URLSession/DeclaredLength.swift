#if URLSession
/// How much of a body may still arrive, if its response declares a length.
///
/// On Linux `URLSession` has delivered bytes twice after a task was suspended and resumed.
struct DeclaredLength {
    private var rest: Int
    private let host: String

    /// `nil` if nothing is declared, or something else than the bytes that are delivered: with a content coding, the coded ones.
    init?(of response: WireResponse, from host: String?) {
        guard response.status >= 200, response.headers["Transfer-Encoding"] == nil,
            (response.headers["Content-Encoding"].map { ASCII.lowercase($0) } ?? "identity") == "identity",
            let length = response.headers["Content-Length"].flatMap({ Int($0) }), length >= 0
        else { return nil }
        (rest, self.host) = (length, host ?? "the host")
    }

    /// Counts bytes that have arrived.
    ///
    /// - Returns: the failure if they are more than the declared ones.
    mutating func take(_ count: Int) -> WireFailure? {
        rest -= count
        guard rest < 0 else { return nil }
        let message = "The body from \(host) has more bytes than its Content-Length."
        return WireFailure(.connectionLost, mayHaveArrived: true, message: message)
    }
}
#endif
