internal import Foundation

/// What a new token set makes of what is in hand.
extension SessionMachine {
    mutating func newTokens(of answer: TokenAnswer, by method: Operation.Method, in operation: Operation) -> NewTokens?
    {
        let (set, sent, before) = (answer.set, answer.sent, record)
        var record = TokenRecord(
            generation: nextGeneration,
            id: random.hexadecimal(),
            accessToken: set.accessToken,
            requestedAt: sent.date,
            lifetime: set.lifetime.map(Lifetime.bounded),
            scopes: set.scopes ?? (method == .refresh ? before?.scopes ?? answer.scopes : answer.scopes)
        )
        record.signIn = method == .signIn ? nil : before?.signIn
        if record.signIn == nil { record.signIn = TokenRecord.SignIn(id: random.hexadecimal(), date: moment.date) }
        record.idToken = set.idToken ?? (method == .refresh ? before?.idToken : nil)
        record.extras = (method == .refresh ? before?.extras ?? [:] : [:]).merging(set.extras) { $1 }
        let refreshEnd = carryRefreshToken(of: answer, into: &record, by: method, in: operation)
        guard var access = hold(record, from: sent.now) else { return nil }
        if let old = held, let before {
            let isSame = old.token == access.token
            if !isSame, method != .signIn, !access.isLive(at: now), old.isLive(at: now), !old.isRejected {
                // The new one had expired when it arrived: the one in hand stays, with the new refresh token.
                access = postponed(old)
                if before.accessToken == old.token.value { record.takeAccessToken(from: before) }
            } else {
                if isSame, !old.isStored, before.accessToken == set.accessToken, !access.ends(before: old) {
                    // The same token handed back: the earlier end stays.
                    (record.requestedAt, record.lifetime) = (before.requestedAt, before.lifetime)
                    let token = old.token.extras == record.extras ? old.token : old.token.saying(record.extras)
                    access = HeldToken(token: token, windows: old.windows, lifetime: old.lifetime)
                }
                let isProgress = old.ends(before: access) || (old.isRejected && !isSame)
                if !isProgress { access = postponed(access) }
            }
        }
        let tokens = Holding.Tokens(record: record, access: access, refreshEnd: refreshEnd)
        return NewTokens(tokens: tokens, stored: stored(record), answer: answer, method: method)
    }

    /// Not renewed before its last minute, or before its end if that has begun: the last renewal gained nothing.
    func postponed(_ access: HeldToken) -> HeldToken {
        var access = access
        if let windows = access.windows { access.renewal = now < windows.mandatory ? windows.mandatory : windows.end }
        return access
    }

    /// A record's access token, counted from an instant; `nil` if it has none that can be used.
    func hold(_ record: TokenRecord, from start: SessionInstant) -> HeldToken? {
        guard let value = record.accessToken else { return nil }
        let lifetime = record.lifetime.map(Lifetime.bounded)
        let end = lifetime.map { record.requestedAt.addingTimeInterval($0 / .seconds(1)) }
        guard
            let token = try? AccessToken(value, expiresAt: end, scopes: record.scopes, extras: record.extras)
        else { return nil }
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

    /// An answer without a refresh token keeps the old one, unless the old one may be used up.
    private func carryRefreshToken(
        of answer: TokenAnswer,
        into record: inout TokenRecord,
        by method: Operation.Method,
        in operation: Operation
    ) -> SessionInstant? {
        guard policy.refreshTokens != .ignore else { return nil }
        if let token = answer.set.refreshToken {
            let lifetime = answer.set.refreshTokenLifetime.map(Lifetime.bounded)
            record.refreshToken = token
            record.refreshTokenEndsAt = lifetime.map { answer.sent.date.addingTimeInterval($0 / .seconds(1)) }
            return lifetime.map { answer.sent.now + $0 }
        }
        if method == .signIn {
            if case .refreshToken(let imported, _) = operation.signInGrant { record.refreshToken = imported }
            return nil
        }
        guard let old = self.record, method == .refresh || old.refreshStanding == .ready else { return nil }
        (record.refreshToken, record.refreshTokenEndsAt) = (old.refreshToken, old.refreshTokenEndsAt)
        return holding.tokens?.refreshEnd
    }
}

extension HeldToken {
    fileprivate func ends(before other: HeldToken) -> Bool {
        guard let end = windows?.end else { return false }
        return other.windows.map { end < $0.end } ?? true
    }
}

extension TokenRecord {
    fileprivate mutating func takeAccessToken(from other: TokenRecord) {
        (accessToken, requestedAt) = (other.accessToken, other.requestedAt)
        (lifetime, scopes, extras) = (other.lifetime, other.scopes, other.extras)
    }
}
