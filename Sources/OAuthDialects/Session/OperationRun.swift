/// An operation whose steps are being performed.
final class OperationRun: Sendable {
    let id: Operation.ID
    let lock = StoreLock()
    /// The client that it acts for, once the source of credentials has answered.
    let client = Locked<ClientCredentials?>(nil)
    let task = Locked<Task<Void, Never>?>(nil)

    init(_ id: Operation.ID) {
        self.id = id
    }
}
