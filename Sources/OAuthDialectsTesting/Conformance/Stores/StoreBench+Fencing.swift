internal import OAuthDialects

extension StoreBench {
    var fencing: [ConformanceCase] {
        [
            ConformanceCase(
                clause: "Fencing",
                tried: "saving a record of an older generation",
                expected: "an error; the newer record stays"
            ) {
                try await fault(where: try record(6), wouldReplace: try record(7), key("older"))
            },
            ConformanceCase(
                clause: "Fencing",
                tried: "saving an older record after a newer one in the same update",
                expected: "an error; the newer record stays"
            ) {
                let (store, key) = (try await makeStore(), key("older in one update"))
                let (new, old) = (try record(7), try record(6))
                do {
                    try await store.update(key) { update in
                        try await update.save(new)
                        try await update.save(old)
                    }
                    return "no error, and \(shown(try await store.record(for: key)))"
                } catch {
                    let after = try await store.record(for: key)
                    return after == new ? nil : shown(after)
                }
            },
            ConformanceCase(
                clause: "Fencing",
                tried: "saving a token over a sign-out of a newer generation",
                expected: "an error; the sign-out stays"
            ) {
                try await fault(where: try record(4), wouldReplace: tombstone(5), key("tombstone"))
            },
            ConformanceCase(
                clause: "Fencing",
                tried: "saving a changed record of the same generation, as a session does before it refreshes",
                expected: "the changed record"
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

    private func fault(where old: TokenRecord, wouldReplace new: TokenRecord, _ key: SessionKey) async throws -> String?
    {
        let store = try await makeStore()
        try await put(new, for: key, in: store)
        do {
            try await put(old, for: key, in: store)
            return "no error, and \(shown(try await store.record(for: key)))"
        } catch {
            let after = try await store.record(for: key)
            return after == new ? nil : shown(after)
        }
    }
}
