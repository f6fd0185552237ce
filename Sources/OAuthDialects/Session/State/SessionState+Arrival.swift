internal import Foundation

/// A token set on its way from the wire through the store to the callers.
struct Arrival: Sendable {
    let record: TokenRecord

    /// What is in hand from now on: the token before it if that works and the new one was over when it arrived.
    let held: HeldToken
    let refreshEnd: SessionInstant?
    let sentAt: SessionInstant
    let rung: Rung
}

extension SessionState {
    /// What a token set makes of what is known.
    mutating func arrival(of set: TokenSet, scopes: [String], sent: Moment, on rung: Rung, at moment: Moment)
        -> Arrival?
    {
        var record = TokenRecord(
            generation: nextGeneration(),
            id: random.hexadecimal(),
            accessToken: set.accessToken,
            requestedAt: sent.date,
            lifetime: set.lifetime.map(Lifetime.bounded),
            scopes: set.scopes ?? (rung == .refresh ? self.record?.scopes ?? scopes : scopes)
        )
        record.idToken = set.idToken ?? (rung == .refresh ? self.record?.idToken : nil)
        let refreshEnd = carryRefreshToken(of: set, into: &record, sent: sent, on: rung)
        guard var new = hold(record, from: sent.now) else { return nil }
        if !new.isLive(at: moment.now), rung != .signIn, let old = held, old.isLive(at: moment.now),
            old.rejection == .none, old.token != new.token
        {
            return kept(old, record, refreshEnd, sentAt: sent.now, on: rung, at: moment)
        }
        if let old = held, let before = self.record {
            let isSame = old.token.value == set.accessToken
            if isSame, !old.isStored, before.accessToken == set.accessToken, !Self.ends(new, before: old) {
                // The same token handed back: the earlier end stays.
                (record.requestedAt, record.lifetime) = (before.requestedAt, before.lifetime)
                new = HeldToken(token: old.token, windows: old.windows, lifetime: old.lifetime, renewal: nil)
            }
            let isProgress = Self.ends(old, before: new) || (old.rejection != .none && !isSame)
            if !isProgress, let windows = new.windows {
                new.renewal = moment.now < windows.mandatory ? windows.mandatory : windows.end
            }
        }
        return Arrival(record: record, held: new, refreshEnd: refreshEnd, sentAt: sent.now, rung: rung)
    }

    /// A token that was over when it arrived while the one in hand lives: the one in hand stays, with the new refresh token.
    private func kept(
        _ old: HeldToken,
        _ record: TokenRecord,
        _ refreshEnd: SessionInstant?,
        sentAt: SessionInstant,
        on rung: Rung,
        at moment: Moment
    ) -> Arrival {
        var (kept, record) = (old, record)
        kept.renewal = old.windows.map { moment.now < $0.mandatory ? $0.mandatory : $0.end }
        if let before = self.record, before.accessToken == old.token.value {
            (record.accessToken, record.requestedAt) = (before.accessToken, before.requestedAt)
            (record.lifetime, record.scopes) = (before.lifetime, before.scopes)
        }
        return Arrival(record: record, held: kept, refreshEnd: refreshEnd, sentAt: sentAt, rung: rung)
    }

    /// The generation of the next record.
    func nextGeneration() -> Int { TokenRecord.generation(after: generation) }

    /// A record's access token, counted from an instant; `nil` if there is none that can be used.
    func hold(_ record: TokenRecord, from start: SessionInstant) -> HeldToken? {
        guard let value = record.accessToken else { return nil }
        let lifetime = record.lifetime.map(Lifetime.bounded)
        let end = lifetime.map { record.requestedAt.addingTimeInterval($0 / .seconds(1)) }
        guard let token = try? AccessToken(value, expiresAt: end, scopes: record.scopes) else { return nil }
        var spread = SplitMix(seed: seed ^ UInt64(truncatingIfNeeded: record.generation))
        let windows = lifetime.map {
            RenewalWindows(lifetime: $0, from: start, policy: policy, spread: spread.fraction())
        }
        return HeldToken(token: token, windows: windows, lifetime: lifetime, renewal: windows?.renewal)
    }

    /// The form in which a record may be stored.
    func stored(_ record: TokenRecord) -> TokenRecord {
        var record = record
        if policy.refreshTokens == .useInMemoryOnly { record.refreshToken = nil }
        return record
    }

    private static func ends(_ one: HeldToken, before other: HeldToken) -> Bool {
        guard let end = one.windows?.end else { return false }
        return other.windows.map { end < $0.end } ?? true
    }

    /// An answer without a refresh token keeps the old one, if it was not the old one that is in doubt.
    private func carryRefreshToken(
        of set: TokenSet,
        into record: inout TokenRecord,
        sent: Moment,
        on rung: Rung
    ) -> SessionInstant? {
        guard policy.refreshTokens != .ignore else { return nil }
        if let token = set.refreshToken {
            record.refreshToken = token
            let lifetime = set.refreshTokenLifetime.map(Lifetime.bounded)
            record.refreshTokenEndsAt = lifetime.map { sent.date.addingTimeInterval($0 / .seconds(1)) }
            return lifetime.map { sent.now + $0 }
        }
        if rung == .signIn {
            if case .refreshToken(let imported, _) = flight?.signIn { record.refreshToken = imported }
            return nil
        }
        guard let old = self.record, rung == .refresh || old.refreshStanding == .ready else { return nil }
        record.refreshToken = old.refreshToken
        record.refreshTokenEndsAt = old.refreshTokenEndsAt
        return refreshEnd
    }
}
