internal import OAuthDialects

/// Thrown by an update's body, to be seen coming out.
private struct BodyFailure: Error {}

extension StoreBench {
    var saving: [ConformanceCase] {
        [fidelity, size, keeping, durability, failing, failingAfterSave]
    }

    private var fidelity: ConformanceCase {
        ConformanceCase(
            clause: "Saving",
            tried: "a record with every field set, then one with none but its token, returned and read back",
            expected: "the same records, field by field"
        ) {
            let (store, key) = (try await makeStore(), key("fidelity"))
            let full = try record(1, .sentAgain)
            var bare = TokenRecord(
                generation: .init(number: 2, id: "00000000000000ff"),
                accessToken: Self.secrets[0],
                requestedAt: Self.date
            )
            bare.refreshStanding = .dead
            for record in [full, bare, tombstone(3)] {
                let returned = try await store.update(key) { _, _ in .replace(record) }
                guard returned == record else { return "the update returned another: \(shown(returned))" }
                let read = try await store.record(for: key)
                guard read == record else { return "another was read: \(shown(read))" }
            }
            return nil
        }
    }

    private var size: ConformanceCase {
        ConformanceCase(
            clause: "Saving",
            tried: "tokens of 16 KiB, the most that is taken anywhere",
            expected: "the same record"
        ) {
            let (store, key) = (try await makeStore(), key("size"))
            var record = try record(1)
            record.accessToken = Secret(String(repeating: "a", count: 16 * 1024))
            record.refreshToken = try RefreshToken(Secret(String(repeating: "~", count: 16 * 1024)))
            try await put(record, for: key, in: store)
            return try await store.record(for: key) == record ? nil : "another record"
        }
    }

    private var keeping: ConformanceCase {
        ConformanceCase(clause: "Saving", tried: "an update that keeps", expected: "the record as it was") {
            let (store, key) = (try await makeStore(), key("keeping"))
            let record = try record(1)
            try await put(record, for: key, in: store)
            let after = try await store.update(key) { _, _ in .keep }
            return after == record ? nil : shown(after)
        }
    }

    private var durability: ConformanceCase {
        ConformanceCase(
            clause: "Saved before used",
            tried: "save(_:) in an update's body, read by another handle before the body ends",
            expected: "the saved record"
        ) {
            let (store, other, key) = (try await makeStore(), try await makeStore(), key("durability"))
            let record = try record(1)
            let seen = Locked<TokenRecord?>(nil)
            try await store.update(key) { _, save in
                try await save(record)
                let read = try await other.record(for: key)
                seen.withLock { $0 = read }
                return .keep
            }
            let (inside, after) = (seen.withLock { $0 }, try await other.record(for: key))
            return inside == record && after == record ? nil : "\(shown(inside)), and afterwards \(shown(after))"
        }
    }

    private var failing: ConformanceCase {
        ConformanceCase(
            clause: "Saving",
            tried: "an update whose body throws",
            expected: "the body's own error; the record as it was; the next update gets in"
        ) {
            let (store, key) = (try await makeStore(), key("failing"))
            let record = try record(1)
            try await put(record, for: key, in: store)
            do {
                try await store.update(key) { _, _ in throw BodyFailure() }
                return "no error"
            } catch is BodyFailure {}
            let after = try await store.update(key) { _, _ in .keep }
            return after == record ? nil : shown(after)
        }
    }

    private var failingAfterSave: ConformanceCase {
        ConformanceCase(
            clause: "Saved before used",
            tried: "an update whose body saves, then throws",
            expected: "the saved record stays: its token may be the only copy"
        ) {
            let (store, key) = (try await makeStore(), key("failing after save"))
            let (before, saved) = (try record(1), try record(2))
            try await put(before, for: key, in: store)
            do {
                try await store.update(key) { _, save in
                    try await save(saved)
                    throw BodyFailure()
                }
                return "no error"
            } catch is BodyFailure {}
            let after = try await store.record(for: key)
            return after == saved ? nil : shown(after)
        }
    }
}
