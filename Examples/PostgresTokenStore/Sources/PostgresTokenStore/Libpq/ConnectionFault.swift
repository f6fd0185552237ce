/// What is wrong with a connection before anybody is asked.
enum ConnectionFault: Error {
    /// The address is neither a connection string nor a URI.
    case unreadableAddress
}
