import Foundation
import OAuthDialects

/// A store in memory with one promise broken.
final class BrokenStore: TokenStore, CustomStringConvertible {
    enum Fault: String, CaseIterable, Sendable {
        case letsAllIn, oneLockForAllKeys, ignoresCancellation, replacesNewer, savesNewerOver, keepsRemoved, forgets
        case oneRecordForAll, foldsCase, savesAtTheEnd, undoesSaves, readsBehindTheLock, losesFractions, losesStanding
        case swallowsErrors, keepsLockAfterError, printsTokens, answersOldRecord, cutsLongTokens, refusesSameGeneration

        var clause: String {
            switch self {
            case .letsAllIn, .oneLockForAllKeys: "Exclusion"
            case .ignoresCancellation: "Cancellation while waiting"
            case .replacesNewer, .savesNewerOver, .refusesSameGeneration: "Fencing"
            case .keepsRemoved: "Removal"
            case .forgets: "Restart"
            case .oneRecordForAll, .foldsCase: "Two accounts never meet"
            case .savesAtTheEnd, .undoesSaves: "Saved before used"
            case .readsBehindTheLock: "Reading"
            case .printsTokens: "Nothing secret is printed"
            default: "Saving"
            }
        }
    }

    private struct Shelf {
        var records: [String: TokenRecord] = [:]
        var gates: [String: Gate] = [:]
    }

    private let fault: Fault
    private let shelf = Locked(Shelf())

    init(_ fault: Fault) { self.fault = fault }

    var description: String {
        let tokens = shelf.withLock { $0.records.values.map { $0.accessToken?.revealed ?? "" } }
        return fault == .printsTokens ? "BrokenStore \(tokens)" : "BrokenStore"
    }

    private func name(_ key: SessionKey) -> String {
        switch fault {
        case .oneRecordForAll: "all"
        case .foldsCase: key.identifier.lowercased()
        default: key.identifier
        }
    }

    private func gate(_ key: SessionKey) -> Gate {
        let name = fault == .oneLockForAllKeys ? "all" : name(key)
        return shelf.withLock { shelf in
            let gate = shelf.gates[name] ?? Gate()
            shelf.gates[name] = gate
            return gate
        }
    }

    func record(for key: SessionKey) async throws -> TokenRecord? {
        if fault == .readsBehindTheLock {
            let gate = gate(key)
            try await gate.enter()
            gate.leave()
        }
        return stored(key)
    }

    private func stored(_ key: SessionKey) -> TokenRecord? { shelf.withLock { $0.records[name(key)] } }

    private func put(_ record: TokenRecord, _ key: SessionKey, fences: Bool) throws {
        var record = record
        if fault == .losesFractions {
            record.requestedAt = .init(timeIntervalSince1970: record.requestedAt.timeIntervalSince1970.rounded(.down))
        }
        if fault == .losesStanding { record.refreshStanding = .ready }
        if fault == .cutsLongTokens, let token = record.accessToken {
            record.accessToken = Secret(String(token.revealed.prefix(4096)))
        }
        try shelf.withLock { shelf in
            if fences, let current = shelf.records[name(key)] {
                let limit = record.generation.number - (fault == .refusesSameGeneration ? 1 : 0)
                if current.generation.number > limit { throw TokenError(.storeFailed, "newer") }
            }
            shelf.records[name(key)] = record
        }
    }

    func update(_ key: SessionKey, _ body: RecordUpdate) async throws -> TokenRecord? {
        let gate = gate(key)
        if fault == .ignoresCancellation {
            await Task.detached { try? await gate.enter() }.value
        } else if fault != .letsAllIn {
            try await gate.enter()
        }
        let before = stored(key)
        let late = Locked<TokenRecord?>(nil)
        do {
            let change = try await body(before) { record in
                if self.fault == .savesAtTheEnd { return late.withLock { $0 = record } }
                try self.put(record, key, fences: self.fault != .savesNewerOver)
            }
            if let record = late.withLock({ $0 }) { try put(record, key, fences: true) }
            switch change {
            case .keep: break
            case .replace(let record): try put(record, key, fences: fault != .replacesNewer)
            case .remove where fault != .keepsRemoved: shelf.withLock { $0.records[name(key)] = nil }
            case .remove: break
            }
            if fault != .letsAllIn { gate.leave() }
            return fault == .answersOldRecord ? before : stored(key)
        } catch {
            if fault == .undoesSaves { shelf.withLock { $0.records[name(key)] = before } }
            if fault != .letsAllIn, fault != .keepsLockAfterError { gate.leave() }
            if fault == .swallowsErrors { return stored(key) }
            throw error
        }
    }
}
