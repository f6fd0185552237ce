/// Stores the token records of sessions, for one process or for many.
public protocol TokenStore: Sendable {
    /// The record of a key, read without waiting for a running update; `nil` if there is none.
    ///
    /// - Throws: ``TokenError`` if there is a record that can't be read. A session reports any other error as
    ///   ``TokenError/Code/storeFailed``.
    func record(for key: SessionKey) async throws -> TokenRecord?

    /// Runs `body` while no other task, process, or machine that shares the store can update the same key.
    ///
    /// What `body` saves stays saved, even if it throws afterwards. The method rethrows the error of `body`.
    ///
    /// When you implement it, declare the parameter as `StoreUpdate.Body`, without `@escaping`: a method that takes an escaping
    /// closure does not satisfy the requirement, and the compiler reports that the type does not conform. If you need an escaping
    /// closure inside the method, use `withoutActuallyEscaping(_:do:)`.
    ///
    /// - Parameters:
    ///   - key: the record's key.
    ///   - body: reads the stored record and saves others. It may use the ``StoreUpdate`` until it returns, from any task.
    /// - Throws: `CancellationError` if the task is cancelled while it waits for the lock; ``TokenError`` with the code
    ///   ``TokenError/Code/storeBusy`` if the lock was not free in time.
    func update(_ key: SessionKey, _ body: StoreUpdate.Body) async throws
}
