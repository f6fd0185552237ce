import OAuthDialects
import OAuthDialectsTesting
import Synchronization

/// The rewards program's API: `POST /v1/points`, which credits once for each `Idempotency-Key`.
final class KopiAPI: Sendable {
    private struct State {
        var balances: [String: Int] = [:]
        var answers: [String: (body: JSON, answer: JSON)] = [:]
        var credits = 0
    }

    private let state = Mutex(State())

    /// The points that a member has.
    func points(of member: String) -> Int { state.withLock { $0.balances[member] ?? 0 } }

    /// How often points were credited.
    var credits: Int { state.withLock { $0.credits } }

    func serve(on sandbox: ProviderSandbox) {
        sandbox.stub("POST", "/v1/points") { [self] in answer($0) }
    }

    private func answer(_ request: WireRequest) -> WireResponse {
        guard let key = request.headers["Idempotency-Key"], !key.isEmpty else {
            return Self.error("The header Idempotency-Key is missing.", status: 400)
        }
        guard let body = JSON(request.body?.data), let member = body["member"]?.text, !member.isEmpty,
            let points = body["points"]?.int, points > 0, body["reference"]?.text?.isEmpty == false
        else { return Self.error("The body needs member, points, and reference.", status: 400) }
        return state.withLock { state in
            if let earlier = state.answers[key] {
                guard earlier.body == body else {
                    return Self.error("The Idempotency-Key belongs to another request.", status: 422)
                }
                return .json(earlier.answer)
            }
            state.balances[member, default: 0] += points
            state.credits += 1
            let answer: JSON = [
                "data": [
                    "member": .string(member), "points": .integer(points), "reference": body["reference"] ?? .null,
                    "balance": .integer(state.balances[member] ?? 0),
                ]
            ]
            state.answers[key] = (body, answer)
            return .json(answer)
        }
    }

    private static func error(_ words: String, status: Int) -> WireResponse {
        .json(["problem": "invalid_request", "message": .string(words)], status: status)
    }
}
