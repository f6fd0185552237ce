/// The domain of ``UnderlyingError`` that marks a record as unreadable.
private let domain = "TokenRecord"

extension TokenError {
    /// Whether stored bytes are not a readable record, so that a store may move them aside and continue without a record.
    ///
    /// It is `false` for a record that a newer version of this package wrote, and for one whose cipher can't reach its keys now.
    public var isUnreadableRecord: Bool { underlying?.domain == domain }

    /// An error that says why stored bytes are not a readable record; a ``TokenCipher`` throws it for bytes it can't decrypt.
    ///
    /// - Parameters:
    ///   - message: what is wrong, in a sentence without secrets.
    ///   - hint: what to do about it.
    /// - Returns: an error with the code ``Code/storeFailed``.
    public static func unreadableRecord(_ message: String, hint: String? = nil) -> TokenError {
        unreadableRecord(message, hint: hint, because: nil)
    }

    static func unreadableRecord(_ message: String, hint: String? = nil, because error: (any Error)?) -> TokenError {
        TokenError(
            .storeFailed,
            message,
            hint: hint,
            underlying: UnderlyingError(
                domain: domain,
                code: 0,
                message: error.map { UnderlyingError($0).message } ?? "unreadable record"
            )
        )
    }
}
