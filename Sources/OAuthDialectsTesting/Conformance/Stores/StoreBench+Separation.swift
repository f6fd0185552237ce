internal import OAuthDialects

extension StoreBench {
    /// Pairs of names that a faulty store confuses: as file names, by a column's collation, or as patterns.
    private static let alike = [
        ("merchant", "Merchant"), ("a", "a "), ("a/b", "a_b"), ("..", "."), ("100%", "100_"), ("é", "e\u{301}"),
        (String(repeating: "k", count: 2000) + "1", String(repeating: "k", count: 2000) + "2"),
    ]

    var separation: [ConformanceCase] {
        Self.alike.map { one, other in
            ConformanceCase(
                clause: "Two accounts never meet",
                tried: "records of the keys \(one.prefix(12)) and \(other.prefix(12)) (\(one.utf8.count) bytes)",
                expected: "a record for each key"
            ) {
                let store = try await makeStore()
                let (first, second) = (key(one), key(other))
                try await put(record(1), for: first, in: store)
                guard try await store.record(for: second) == nil else { return "one record for both keys" }
                try await put(record(2), for: second, in: store)
                let found = try await store.record(for: first)
                return found?.generation == 1 ? nil : shown(found)
            }
        }
    }
}
