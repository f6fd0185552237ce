internal import OAuthDialects

extension StoreBench {
    var reading: [ConformanceCase] {
        [
            ConformanceCase(
                clause: "Reading",
                tried: "record(for:) of a key that was never saved",
                expected: "no record"
            ) {
                let record = try await makeStore().record(for: key("never"))
                return record == nil ? nil : shown(record)
            },
            ConformanceCase(
                clause: "Reading",
                tried: "an update of a key that was never saved",
                expected: "the body runs once, without a record; if it saves nothing, there is no record afterwards"
            ) {
                let (store, key) = (try await makeStore(), key("never updated"))
                let seen = Locked<[TokenRecord?]>([])
                try await store.update(key) { update in seen.withLock { $0.append(update.record) } }
                let records = seen.withLock { $0 }
                guard records.count == 1 else { return "the body ran \(records.count) times" }
                let after = try await store.record(for: key)
                return records == [nil] && after == nil ? nil : "\(shown(records[0])), then \(shown(after))"
            },
            ConformanceCase(
                clause: "Reading",
                tried: "record(for:) while an update of the key is running",
                expected: "the record, without waiting for the update"
            ) {
                let (store, other, key) = (try await makeStore(), try await makeStore(), key("read while held"))
                let record = try record(1)
                try await put(record, for: key, in: store)
                let found = try await holding(key, in: store) { try await other.record(for: key) }
                return found == record ? nil : shown(found)
            },
        ]
    }
}
