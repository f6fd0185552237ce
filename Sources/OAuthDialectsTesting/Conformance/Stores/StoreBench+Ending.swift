internal import OAuthDialects

extension StoreBench {
    var removal: [ConformanceCase] {
        [
            ConformanceCase(
                clause: "Removal",
                tried: "an update that removes, then an older generation",
                expected: "no record for either handle, and the older one is taken: nothing is left to fence it"
            ) {
                let (store, other, key) = (try await makeStore(), try await makeStore(), key("removal"))
                try await put(record(9), for: key, in: store)
                let returned = try await store.update(key) { _, _ in .remove }
                let (own, others) = (try await store.record(for: key), try await other.record(for: key))
                guard returned == nil, own == nil, others == nil else {
                    return "\(shown(returned)); \(shown(own)); \(shown(others))"
                }
                try await put(record(1), for: key, in: other)
                let after = try await store.record(for: key)
                return after?.generation.number == 1 ? nil : shown(after)
            },
            ConformanceCase(
                clause: "Removal",
                tried: "removing a record that is not there",
                expected: "nothing happens"
            ) {
                let record = try await makeStore().update(key("nothing to remove")) { _, _ in .remove }
                return record == nil ? nil : shown(record)
            },
        ]
    }

    var restart: [ConformanceCase] {
        [
            ConformanceCase(
                clause: "Restart",
                tried: "a record saved by one handle, read and updated by one made later",
                expected: "the same record"
            ) {
                let key = key("restart")
                let record = try record(3, .refusedEarly)
                try await put(record, for: key, in: try await makeStore())
                let later = try await makeStore()
                let read = try await later.record(for: key)
                let handed = try await later.update(key) { _, _ in .keep }
                return read == record && handed == record ? nil : "\(shown(read)); \(shown(handed))"
            }
        ]
    }

    var printing: [ConformanceCase] {
        [
            ConformanceCase(
                clause: "Nothing secret is printed",
                tried: "description, debugDescription, dump and Mirror of a store that holds tokens",
                expected: "no token"
            ) {
                let (store, key) = (try await makeStore(), key("printing"))
                try await put(record(1), for: key, in: store)
                let texts = PrintedForms.of(store)
                return Self.secrets.contains { secret in texts.contains { $0.contains(secret.revealed) } }
                    ? "a token" : nil
            }
        ]
    }
}
