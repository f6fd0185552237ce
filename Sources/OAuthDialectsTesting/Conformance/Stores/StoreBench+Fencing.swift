internal import OAuthDialects

extension StoreBench {
    var fencing: [ConformanceCase] {
        [
            fenced("a record of an older generation, returned by the body", by: { _, _, old in .replace(old) }),
            fenced(
                "a record of an older generation, given to save(_:)",
                by: { _, save, old in
                    try await save(old)
                    return .keep
                }
            ),
            ConformanceCase(
                clause: "Fencing",
                tried: "a living record behind a tombstone of a newer generation",
                expected: "an error; the tombstone stays"
            ) {
                let (store, key) = (try await makeStore(), key("tombstone"))
                let (old, tombstone) = (try record(4), tombstone(5))
                try await put(tombstone, for: key, in: store)
                do {
                    try await put(old, for: key, in: store)
                    return "no error, and \(shown(try await store.record(for: key)))"
                } catch {
                    let after = try await store.record(for: key)
                    return after == tombstone ? nil : shown(after)
                }
            },
            ConformanceCase(
                clause: "Fencing",
                tried: "the same generation with another standing, as a session writes it before it refreshes",
                expected: "it takes the place of the one before"
            ) {
                let (store, key) = (try await makeStore(), key("same generation"))
                let sent = try record(3, .sent)
                try await put(record(3), for: key, in: store)
                try await put(sent, for: key, in: store)
                let after = try await store.record(for: key)
                return after == sent ? nil : shown(after)
            },
        ]
    }

    private func fenced(
        _ tried: String,
        by change: @escaping @Sendable (TokenRecord?, RecordSave, TokenRecord) async throws -> RecordChange
    ) -> ConformanceCase {
        ConformanceCase(clause: "Fencing", tried: tried, expected: "an error; the newer record stays") {
            let (store, key) = (try await makeStore(), key(tried))
            let (new, old) = (try record(7), try record(6))
            try await put(new, for: key, in: store)
            do {
                try await store.update(key) { record, save in try await change(record, save, old) }
                return "no error, and \(shown(try await store.record(for: key)))"
            } catch {
                let after = try await store.record(for: key)
                return after == new ? nil : shown(after)
            }
        }
    }
}
