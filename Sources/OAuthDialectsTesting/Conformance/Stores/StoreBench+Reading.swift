internal import OAuthDialects

extension StoreBench {
    var reading: [ConformanceCase] {
        [
            ConformanceCase(
                clause: "Reading",
                tried: "record(for:) of a key that was never written",
                expected: "no record"
            ) {
                let record = try await makeStore().record(for: key("never"))
                return record == nil ? nil : shown(record)
            },
            ConformanceCase(
                clause: "Reading",
                tried: "an update of a key that was never written",
                expected: "the body is handed no record; keeping it leaves none"
            ) {
                let handed = Locked<[TokenRecord?]>([])
                let after = try await makeStore().update(key("never updated")) { record, _ in
                    handed.withLock { $0.append(record) }
                    return .keep
                }
                let records = handed.withLock { $0 }
                guard records.count == 1 else { return "the body ran \(records.count) times" }
                return records == [nil] && after == nil ? nil : "\(shown(records[0])), then \(shown(after))"
            },
            ConformanceCase(
                clause: "Reading",
                tried: "record(for:) while an update of the key is in its body",
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
