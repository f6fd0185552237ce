/// Runs work with the same key one after the other, such as a form that was sent twice.
actor OneAtATime {
    private var waiting: [String: [CheckedContinuation<Void, Never>]] = [:]

    func run<Value: Sendable>(_ key: String, _ work: @Sendable () async throws -> Value) async rethrows -> Value {
        await enter(key)
        defer { leave(key) }
        return try await work()
    }

    private func enter(_ key: String) async {
        guard waiting[key] != nil else {
            waiting[key] = []
            return
        }
        await withCheckedContinuation { waiting[key]?.append($0) }
    }

    private func leave(_ key: String) {
        guard var others = waiting[key], !others.isEmpty else {
            waiting[key] = nil
            return
        }
        let next = others.removeFirst()
        waiting[key] = others
        next.resume()
    }
}
