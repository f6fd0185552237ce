internal import OAuthDialects

extension StoreBench {
    /// Pairs of keys that a careless store takes for one: as a file's name, a column's collation, a pattern.
    private static let alike = [
        ("merchant", "Merchant"), ("a", "a "), ("a/b", "a_b"), ("..", "."), ("100%", "100_"), ("é", "e\u{301}"),
        (String(repeating: "k", count: 2000) + "1", String(repeating: "k", count: 2000) + "2"),
    ]

    var separation: [ConformanceCase] {
        Self.alike.map { one, other in
            ConformanceCase(
                clause: "Two accounts never meet",
                tried: "records under the keys \(one.prefix(12)) and \(other.prefix(12)) (\(one.utf8.count) bytes)",
                expected: "each its own"
            ) {
                let store = try await makeStore()
                let (first, second) = (key(one), key(other))
                try await put(record(1), for: first, in: store)
                guard try await store.record(for: second) == nil else { return "one record for both" }
                try await put(record(2), for: second, in: store)
                let found = try await store.record(for: first)
                return found?.generation.number == 1 ? nil : shown(found)
            }
        }
    }
}
