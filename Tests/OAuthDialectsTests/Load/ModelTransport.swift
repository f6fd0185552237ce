import Foundation
import OAuthDialects
import OAuthDialectsTesting

/// The model of a provider behind a transport: its faults come by a seed, its slowness by a test clock.
final class ModelTransport: WireTransport {
    private struct State {
        var provider: ModelProvider
        var random: SplitMix
        var faults: Double
        var isHanging = false
        var inAir: [String: Int] = [:]
        var hasOverlapped = false
        var requests = 0
    }

    private enum Fate { case fine, down, lost, unreachable, malformed }

    private let state: Locked<State>
    private let clock: TestClock

    init(_ traits: ModelProvider.Traits, clock: TestClock, seed: UInt64, faults: Double) {
        state = Locked(State(provider: ModelProvider(traits), random: SplitMix(seed: seed), faults: faults))
        self.clock = clock
    }

    var requests: Int { state.withLock { $0.requests } }

    /// Whether one client ever had two requests on their way; one that the session has cancelled does not count.
    var hasOverlapped: Bool { state.withLock { $0.hasOverlapped } }

    func isGood(_ token: AccessToken) -> Bool {
        state.withLock { $0.provider.isGood(token.value.revealed, at: clock.now) }
    }

    func recover() { state.withLock { ($0.faults, $0.isHanging) = (0, false) } }
    func hang() { state.withLock { $0.isHanging = true } }

    func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse {
        let client = request.headers["Authorization"] ?? ""
        let isHanging = state.withLock { state in
            state.requests += 1
            state.inAir[client, default: 0] += 1
            state.hasOverlapped = state.hasOverlapped || state.inAir[client] != 1
            return state.isHanging
        }
        let isOver = Locked(false)
        let leave: @Sendable () -> Void = { [state] in
            let isFirst = isOver.withLock { isOver in
                defer { isOver = true }
                return !isOver
            }
            if isFirst { state.withLock { $0.inAir[client, default: 1] -= 1 } }
        }
        defer { leave() }
        return try await withTaskCancellationHandler {
            try await respond(to: request, isHanging: isHanging)
        } onCancel: {
            leave()
        }
    }

    private func respond(to request: WireRequest, isHanging: Bool) async throws -> WireResponse {
        if isHanging { try await clock.sleep(until: clock.now + .seconds(86400)) }
        let (fate, response) = answer(try request.decodedFields())
        switch fate {
        case .fine: return response
        case .down: return .json(503, "{}")
        case .malformed: return .json(200, "<html>")
        case .lost: throw WireFailure(.connectionLost, mayHaveArrived: true)
        case .unreachable: throw WireFailure(.notConnected, mayHaveArrived: false)
        }
    }

    private func answer(_ fields: [String: String]) -> (Fate, WireResponse) {
        let now = clock.now
        return state.withLock { state in
            var fate = Fate.fine
            if Double(state.random.next() % 1000) < state.faults * 1000 {
                fate = [.down, .lost, .lost, .unreachable, .malformed][Int(state.random.next() % 5)]
            }
            if [.down, .unreachable].contains(fate) { return (fate, .json(503, "{}")) }
            let set: TokenSet?
            if let refresh = fields["refresh_token"] ?? fields["refreshToken"] {
                set = state.provider.refresh(refresh, at: now)
            } else {
                let type = fields["grant_type"] ?? fields["grantType"]
                set = state.provider.begin(at: now, forPerson: type == "authorization_code")
            }
            guard let set else { return (fate, .refused("invalid_grant")) }
            let life = set.lifetime.map { Int($0 / .seconds(1)) }
            let refresh = set.refreshToken?.value.revealed
            return (fate, .tokens(set.accessToken.revealed, lifetime: life, refresh: refresh))
        }
    }
}
