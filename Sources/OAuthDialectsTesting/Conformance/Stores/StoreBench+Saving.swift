internal import OAuthDialects

extension StoreBench {
    var saving: [ConformanceCase] { [fidelity, size, keeping, durability] }

    private var fidelity: ConformanceCase {
        ConformanceCase(
            clause: "Saving",
            tried: "a record with every field set, one with an access token only, and a sign-out, each saved and read",
            expected: "the same records, field by field"
        ) {
            let (store, key) = (try await makeStore(), key("fidelity"))
            let refusals = TokenRecord.RefreshStanding.Refusals.early(count: 2, last: Self.date)
            let full = try record(1, TokenRecord.RefreshStanding(isSent: true, refusals: refusals))
            let bare = TokenRecord(
                generation: 2,
                id: "00000000000000ff",
                accessToken: Self.secrets[0],
                requestedAt: Self.date,
                refreshStanding: TokenRecord.RefreshStanding(refusals: .definite(count: 1, last: Self.date)),
                signIn: TokenRecord.SignIn(id: "00000000000000fe", date: Self.date, trial: .accepted)
            )
            for record in [full, bare, tombstone(3)] {
                try await put(record, for: key, in: store)
                let read = try await store.record(for: key)
                guard read == record else { return "record(for:) returned another: \(shown(read))" }
                let updated = try await seen(by: store, for: key)
                guard updated == record else { return "the next update had another: \(shown(updated))" }
            }
            return nil
        }
    }

    private var size: ConformanceCase {
        ConformanceCase(
            clause: "Saving",
            tried: "two tokens of 16 KiB, the limit of this package",
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
        ConformanceCase(clause: "Saving", tried: "an update that saves nothing", expected: "the record is unchanged") {
            let (store, key) = (try await makeStore(), key("keeping"))
            let record = try record(1)
            try await put(record, for: key, in: store)
            try await store.update(key) { _ in }
            let after = try await store.record(for: key)
            return after == record ? nil : shown(after)
        }
    }

    private var durability: ConformanceCase {
        ConformanceCase(
            clause: "Saved before used",
            tried: "save(_:), then record(for:) of another handle before the body returns",
            expected: "the saved record"
        ) {
            let (store, other, key) = (try await makeStore(), try await makeStore(), key("durability"))
            let record = try record(1)
            let seen = Locked<TokenRecord?>(nil)
            try await store.update(key) { update in
                try await update.save(record)
                let read = try await other.record(for: key)
                seen.withLock { $0 = read }
            }
            let (inside, after) = (seen.withLock { $0 }, try await other.record(for: key))
            return inside == record && after == record ? nil : "\(shown(inside)), and afterwards \(shown(after))"
        }
    }
}
