import Foundation
import OAuthDialects

/// A store in memory with one promise broken.
final class BrokenStore: TokenStore, CustomStringConvertible {
    enum Fault: String, CaseIterable, Sendable {
        case letsAllIn, oneLockForAllKeys, ignoresCancellation, replacesNewer, forgets, savesAfterTheEnd
        case oneRecordForAll, foldsCase, savesAtTheEnd, undoesSaves, readsBehindTheLock, losesFractions, losesStanding
        case swallowsErrors, keepsLockAfterError, printsTokens, losesRecordInUpdate, cutsLongTokens,
            refusesSameGeneration

        var clause: String {
            switch self {
            case .letsAllIn, .oneLockForAllKeys, .savesAfterTheEnd: "Exclusion"
            case .ignoresCancellation: "Cancellation while waiting"
            case .replacesNewer, .refusesSameGeneration: "Fencing"
            case .forgets: "Restart"
            case .oneRecordForAll, .foldsCase: "Two accounts never meet"
            case .savesAtTheEnd, .undoesSaves: "Saved before used"
            case .readsBehindTheLock: "Reading"
            case .printsTokens: "Nothing secret is printed"
            default: "Saving"
            }
        }
    }

    private struct State {
        var records: [String: TokenRecord] = [:]
        var gates: [String: Gate] = [:]
    }

    private let fault: Fault
    private let state = Locked(State())

    init(_ fault: Fault) { self.fault = fault }

    var description: String {
        let tokens = state.withLock { $0.records.values.map { $0.accessToken?.revealed ?? "" } }
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
        return state.withLock { state in
            let gate = state.gates[name] ?? Gate()
            state.gates[name] = gate
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

    private func stored(_ key: SessionKey) -> TokenRecord? { state.withLock { $0.records[name(key)] } }

    private func put(_ record: TokenRecord, _ key: SessionKey, fences: Bool) throws {
        var record = record
        if fault == .losesFractions {
            record.requestedAt = .init(timeIntervalSince1970: record.requestedAt.timeIntervalSince1970.rounded(.down))
        }
        if fault == .losesStanding { record.refreshStanding = .ready }
        if fault == .cutsLongTokens, let token = record.accessToken {
            record.accessToken = Secret(String(token.revealed.prefix(4096)))
        }
        try state.withLock { state in
            if fences, let current = state.records[name(key)] {
                let limit = record.generation - (fault == .refusesSameGeneration ? 1 : 0)
                if current.generation > limit { throw TokenError(.storeFailed, "newer") }
            }
            state.records[name(key)] = record
        }
    }

    func update(_ key: SessionKey, _ body: StoreUpdate.Body) async throws {
        let gate = gate(key)
        if fault == .ignoresCancellation {
            await Task.detached { try? await gate.enter() }.value
        } else if fault != .letsAllIn {
            try await gate.enter()
        }
        let before = stored(key)
        let late = Locked<TokenRecord?>(nil)
        let isOver = Locked(false)
        let update = StoreUpdate(record: fault == .losesRecordInUpdate ? nil : before) { record in
            if isOver.withLock({ $0 }), self.fault != .savesAfterTheEnd { throw TokenError(.storeFailed, "over") }
            if self.fault == .savesAtTheEnd { return late.withLock { $0 = record } }
            try self.put(record, key, fences: self.fault != .replacesNewer)
        }
        defer { isOver.withLock { $0 = true } }
        do {
            try await body(update)
            if let record = late.withLock({ $0 }) { try put(record, key, fences: true) }
            if fault != .letsAllIn { gate.leave() }
        } catch {
            if fault == .undoesSaves { state.withLock { $0.records[name(key)] = before } }
            if fault != .letsAllIn, fault != .keepsLockAfterError { gate.leave() }
            if fault != .swallowsErrors { throw error }
        }
    }
}
