internal import OAuthDialects

extension StoreBench {
    var restart: [ConformanceCase] {
        [
            ConformanceCase(
                clause: "Restart",
                tried: "a record saved by one handle, then read and updated by a handle made later",
                expected: "the same record"
            ) {
                let key = key("restart")
                let refusals = TokenRecord.RefreshStanding.Refusals.unknown(count: 2, first: Self.date, last: Self.date)
                let record = try record(3, TokenRecord.RefreshStanding(refusals: refusals))
                try await put(record, for: key, in: try await makeStore())
                let later = try await makeStore()
                let read = try await later.record(for: key)
                let updated = try await seen(by: later, for: key)
                return read == record && updated == record ? nil : "\(shown(read)); \(shown(updated))"
            }
        ]
    }

    var printing: [ConformanceCase] {
        [
            ConformanceCase(
                clause: "Nothing secret is printed",
                tried: "description, debugDescription, dump, and Mirror of a store that contains tokens",
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
