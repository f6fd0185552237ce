/// One update of a record that nobody else can reach meanwhile: what it read, and what it may save over.
protocol StoreUpdate: Sendable {
    /// What is stored now, as far as this update knows.
    var current: TokenRecord? { get }

    /// Reads the record, and tells of one that can't be read and counts as none.
    func load(reporting report: StoreReport) async throws -> TokenRecord?

    func save(_ record: TokenRecord) async throws

    func remove() async throws

    /// Lets others in; nothing is saved after it.
    func end() async throws
}

extension StoreUpdate {
    /// Runs an update's body to its end, and returns what is there afterwards.
    func run(reporting report: StoreReport, _ body: RecordUpdate) async throws -> TokenRecord? {
        do {
            let stored = try await load(reporting: report)
            switch try await body(stored, { try await save($0) }) {
            case .keep: break
            case .replace(let record): try await save(record)
            case .remove: try await remove()
            }
        } catch {
            try? await end()
            throw error
        }
        let record = current
        try await end()
        return record
    }
}
