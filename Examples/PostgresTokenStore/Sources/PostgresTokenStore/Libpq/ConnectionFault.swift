/// An error in the connection's parameters, found before connecting.
enum ConnectionFault: Error {
    /// The text is neither a connection string nor a URI.
    case unreadableAddress
}
