/// An update of one record under a lock, as the file store and the keychain store perform it.
protocol LockedUpdate: Sendable {
    /// Reads the stored record, and reports a record that was moved aside or is about to be replaced because it is unreadable.
    func load() async throws -> (record: TokenRecord?, notices: [TokenError])

    /// Saves a record; fails once the update has ended.
    func save(_ record: TokenRecord) async throws

    /// Ends the update and releases the lock.
    func end() async
}

extension LockedUpdate {
    /// Runs the body of an update, and releases the lock whether or not the body throws.
    func run(_ body: StoreUpdate.Body) async throws {
        do {
            let (record, notices) = try await load()
            try await body(StoreUpdate(record: record, notices: notices) { try await save($0) })
        } catch {
            await end()
            throw error
        }
        await end()
    }
}
