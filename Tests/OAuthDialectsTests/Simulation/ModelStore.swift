import Foundation
import OAuthDialects

/// A shared store as a value: a record, a lock, and a process beside ours.
struct ModelStore {
    var record: TokenRecord?
    var weather = StoreWeather.fine
    var rival: Rival?

    /// The operation of ours that holds the lock.
    var holder: UInt64?

    /// The access tokens that were saved at some time.
    private(set) var saved: Set<String> = []

    var isFree: Bool { holder == nil && rival == nil }

    /// - Returns: whether the record is there now.
    mutating func save(_ new: TokenRecord, fails: Bool) -> Bool {
        if fails { return false }
        if let record, record.generation > new.generation { return false }
        record = new
        if let text = new.accessToken?.revealed { saved.insert(text) }
        return true
    }
}

extension World {
    /// The other process has done what it took the lock for.
    mutating func finish(_ rival: Rival) {
        store.rival = nil
        oracle.hasRival = oracle.hasRival || rival.deed != .holdsLock
        let generation = (store.record?.generation ?? 0) + 1
        switch rival.deed {
        case .holdsLock: break
        case .signsOut:
            let tombstone = TokenRecord(generation: generation, id: "rival", accessToken: nil, requestedAt: date)
            put(tombstone)
        case .signsIn:
            if let set = provider.begin(at: now, forPerson: true) { put(set, generation) }
        case .renews, .takesOver:
            if provider.traits.refusesEarly || store.record?.isTombstone ?? scenario.isUser { break }
            if let token = store.record?.refreshToken, store.record?.refreshStanding == .ready {
                if let set = provider.refresh(token.value.revealed, at: now) {
                    put(set, generation)
                } else {
                    let refusals = TokenRecord.RefreshStanding.Refusals.definite(count: 1, last: date)
                    store.record?.refreshStanding = TokenRecord.RefreshStanding(refusals: refusals)
                }
            } else if !scenario.isUser {
                if let set = provider.begin(at: now, forPerson: false) { put(set, generation) }
            }
        }
        let left = store.record
        note("the other process \(rival.deed): \(left.map { "\($0)" } ?? "no record")")
    }

    private mutating func put(_ set: TokenSet, _ generation: Int) {
        if let refresh = set.refreshToken?.value.revealed { oracle.presented[refresh] = nil }
        var record = TokenRecord(
            generation: generation,
            id: "rival",
            accessToken: set.accessToken,
            requestedAt: date,
            lifetime: set.lifetime,
            refreshToken: scenario.policy.refreshTokens == .use ? set.refreshToken : nil
        )
        record.signIn = TokenRecord.SignIn(id: "rival-\(generation)", date: date, trial: .accepted)
        record.refreshTokenEndsAt = set.refreshTokenLifetime.map { date.addingTimeInterval($0 / .seconds(1)) }
        put(record)
    }

    private mutating func put(_ record: TokenRecord) {
        _ = store.save(record, fails: false)
        if let text = record.accessToken?.revealed { oracle.foreign.insert(text) }
    }
}
