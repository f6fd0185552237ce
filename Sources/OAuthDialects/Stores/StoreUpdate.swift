/// One update of a record, made by a store and passed to the body of ``TokenStore/update(_:_:)``.
///
/// Any task may use it until the body returns. After that, ``save(_:)`` throws.
public struct StoreUpdate: Sendable {
    /// The body of an update.
    public typealias Body = @Sendable @concurrent (StoreUpdate) async throws -> Void

    /// The stored record when the body started; `nil` if there was none.
    public let record: TokenRecord?

    /// The problems that the store repaired before the body started, such as an unreadable record that it moved aside.
    ///
    /// A session sends a ``SessionEvent/Name/storeFailed`` event for each.
    public let notices: [TokenError]

    private let saveRecord: @Sendable @concurrent (TokenRecord) async throws -> Void

    /// Creates an update.
    ///
    /// - Parameters:
    ///   - record: the stored record; `nil` if there is none.
    ///   - notices: the problems that the store repaired while it locked and read the record.
    ///   - save: performs ``save(_:)``.
    public init(
        record: TokenRecord?,
        notices: [TokenError] = [],
        save: @escaping @Sendable @concurrent (TokenRecord) async throws -> Void
    ) {
        self.record = record
        self.notices = notices
        saveRecord = save
    }

    /// Saves a record; it is durable when the call returns.
    ///
    /// It replaces a record of the same or an older ``TokenRecord/generation``, never one of a newer generation. A body may save
    /// more than once.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/storeBusy`` if another process has taken the lock over or stored a
    ///   newer record, and with ``TokenError/Code/storeFailed`` if the record could not be written or the update has ended. A
    ///   session reports any other error as ``TokenError/Code/storeFailed``.
    public func save(_ record: TokenRecord) async throws {
        try await saveRecord(record)
    }
}
