internal import OAuthDialects

/// Thrown by the body of an update; the update has to rethrow it.
private struct BodyFailure: Error {}

extension StoreBench {
    var ending: [ConformanceCase] { [failing, failingAfterSave, savingAfterEnd] }

    private var failing: ConformanceCase {
        ConformanceCase(
            clause: "Saving",
            tried: "an update whose body throws",
            expected: "the body's own error; the record is unchanged; the next update runs"
        ) {
            let (store, key) = (try await makeStore(), key("failing"))
            let record = try record(1)
            try await put(record, for: key, in: store)
            do {
                try await store.update(key) { _ in throw BodyFailure() }
                return "no error"
            } catch is BodyFailure {}
            let after = try await seen(by: store, for: key)
            return after == record ? nil : shown(after)
        }
    }

    private var failingAfterSave: ConformanceCase {
        ConformanceCase(
            clause: "Saved before used",
            tried: "an update whose body saves, then throws",
            expected: "the saved record stays: it may hold the only copy of a token"
        ) {
            let (store, key) = (try await makeStore(), key("failing after save"))
            let (before, saved) = (try record(1), try record(2))
            try await put(before, for: key, in: store)
            do {
                try await store.update(key) { update in
                    try await update.save(saved)
                    throw BodyFailure()
                }
                return "no error"
            } catch is BodyFailure {}
            let after = try await store.record(for: key)
            return after == saved ? nil : shown(after)
        }
    }

    private var savingAfterEnd: ConformanceCase {
        ConformanceCase(
            clause: "Exclusion",
            tried: "save(_:) after the body has returned",
            expected: "an error; the record is unchanged"
        ) {
            let (store, key) = (try await makeStore(), key("saving after the end"))
            let kept = Locked<StoreUpdate?>(nil)
            try await store.update(key) { update in kept.withLock { $0 = update } }
            do {
                try await kept.withLock { $0 }?.save(try record(1))
                return "no error, and \(shown(try await store.record(for: key)))"
            } catch {
                let after = try await store.record(for: key)
                return after == nil ? nil : shown(after)
            }
        }
    }
}
