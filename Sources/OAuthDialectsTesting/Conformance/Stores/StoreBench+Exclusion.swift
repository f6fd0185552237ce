internal import OAuthDialects

extension StoreBench {
    var exclusion: [ConformanceCase] {
        [
            ConformanceCase(
                clause: "Exclusion",
                tried: "40 concurrent updates of one key by two handles, each of which increments the generation",
                expected: "one body at a time; each sees what the one before it saved"
            ) {
                let (stores, key) = ([try await makeStore(), try await makeStore()], key("exclusion"))
                let running = Locked(Running())
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for turn in 0..<40 {
                        group.addTask { try await increment(key, in: stores[turn % 2], running) }
                    }
                    try await group.waitForAll()
                }
                let most = running.withLock { $0.most }
                let last = try await stores[0].record(for: key)?.generation ?? 0
                return most == 1 && last == 40 ? nil : "up to \(most) bodies at a time; generation \(last)"
            },
            ConformanceCase(
                clause: "Exclusion",
                tried: "an update of one key while an update of another key is running",
                expected: "it does not wait: sessions of different keys don't delay each other"
            ) {
                let (store, one, other) = (try await makeStore(), key("held"), key("not held"))
                try await holding(one, in: store) { try await put(record(1), for: other, in: store) }
                return nil
            },
        ]
    }

    private struct Running {
        var now = 0
        var most = 0
    }

    private func increment(_ key: SessionKey, in store: any TokenStore, _ running: Locked<Running>) async throws {
        try await store.update(key) { update in
            running.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
            }
            defer { running.withLock { $0.now -= 1 } }
            for _ in 0..<5 { await Task.yield() }
            try await update.save(try record((update.record?.generation ?? 0) + 1))
        }
    }
}
