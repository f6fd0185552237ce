internal import OAuthDialects

extension StoreBench {
    var exclusion: [ConformanceCase] {
        [
            ConformanceCase(
                clause: "Exclusion",
                tried: "40 updates of one key at once by two handles, each raising the generation by one",
                expected: "one body at a time; each finds what the one before it wrote"
            ) {
                let (stores, key) = ([try await makeStore(), try await makeStore()], key("exclusion"))
                let presence = Locked(Presence())
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for turn in 0..<40 {
                        group.addTask { try await raise(key, in: stores[turn % 2], presence) }
                    }
                    try await group.waitForAll()
                }
                let most = presence.withLock { $0.most }
                let last = try await stores[0].record(for: key)?.generation.number ?? 0
                return most == 1 && last == 40 ? nil : "up to \(most) bodies at a time; generation \(last)"
            },
            ConformanceCase(
                clause: "Exclusion",
                tried: "an update of one key while another key's is in its body",
                expected: "it does not wait: one provider never waits for another"
            ) {
                let (store, one, other) = (try await makeStore(), key("held"), key("not held"))
                try await holding(one, in: store) { try await put(record(1), for: other, in: store) }
                return nil
            },
        ]
    }

    private struct Presence {
        var now = 0
        var most = 0
    }

    private func raise(_ key: SessionKey, in store: any TokenStore, _ presence: Locked<Presence>) async throws {
        try await store.update(key) { record, _ in
            presence.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
            }
            defer { presence.withLock { $0.now -= 1 } }
            for _ in 0..<5 { await Task.yield() }
            return .replace(try self.record((record?.generation.number ?? 0) + 1))
        }
    }
}
