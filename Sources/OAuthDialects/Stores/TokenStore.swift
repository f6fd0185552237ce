/// What an update makes of the record it was handed.
public enum RecordChange: Sendable {
    /// Nothing.
    case keep

    /// This record takes its place.
    case replace(TokenRecord)

    /// There is no record any more.
    case remove
}

/// Makes a record durable at once, under the lock of the update it was handed to.
///
/// It throws where the record could not be made durable, and where one of a newer generation is there already.
public typealias RecordSave = @Sendable @concurrent (TokenRecord) async throws -> Void

/// What is done with a record while nobody else can reach it.
///
/// It is handed the record that is there, and what saves another before it returns; what it throws leaves the record as last saved
/// and comes out of the update.
public typealias RecordUpdate = @Sendable @concurrent (TokenRecord?, @escaping RecordSave) async throws -> RecordChange

/// Hears what a store mended on its way: a session makes an event of it.
public typealias StoreReport = @Sendable (TokenError) -> Void

/// Keeps the records of sessions, for one process or for many.
public protocol TokenStore: Sendable {
    /// The record of a key, read without waiting for whoever updates it; `nil` if there is none.
    ///
    /// - Throws: ``TokenError`` where there is one that can't be read; a session takes any other error for
    ///   ``TokenError/Code/storeFailed``.
    func record(for key: SessionKey) async throws -> TokenRecord?

    /// Runs `body` while no other task, process or machine that shares the store can, and makes the change it returns.
    ///
    /// `save` makes a record durable at once, under the same lock. A record never replaces one of a newer generation: such a
    /// save throws. A task that is cancelled while it waits for the lock leaves with `CancellationError`.
    ///
    /// - Returns: the record that is there afterwards.
    @discardableResult
    func update(_ key: SessionKey, _ body: RecordUpdate) async throws -> TokenRecord?

    /// As ``update(_:_:)``, and tells what it mended on the way instead of failing: a record that could not be read, say.
    ///
    /// Sessions call this one. A store with nothing to tell need not have it: the default is ``update(_:_:)``. A store that
    /// stands on another passes `report` on.
    ///
    /// - Returns: the record that is there afterwards.
    @discardableResult
    func update(_ key: SessionKey, reporting report: @escaping StoreReport, _ body: RecordUpdate) async throws
        -> TokenRecord?
}

extension TokenStore {
    @discardableResult
    public func update(_ key: SessionKey, reporting report: @escaping StoreReport, _ body: RecordUpdate) async throws
        -> TokenRecord?
    {
        try await update(key, body)
    }
}
