import Foundation
import OAuthDialects

/// A provider whose every answer the test decides; it numbers and keeps what it was sent.
final class StubProvider: WireTransport {
    /// One request as it arrived.
    struct Call: Sendable {
        let number: Int
        let request: WireRequest
        let fields: [String: String]

        var grantType: String? { fields["grant_type"] ?? fields["grantType"] }
        var refreshToken: String? { fields["refresh_token"] ?? fields["refreshToken"] }
        var bearer: String? { request.headers["Authorization"]?.split(separator: " ").last.map(String.init) }
    }

    typealias Handler = @Sendable (Call) async throws -> WireResponse

    private struct State {
        var calls: [Call] = []
        var handler: Handler
    }

    private let state: Locked<State>
    private let arrivals = Counter()

    init(_ handler: @escaping Handler = { .tokens("access-\($0.number)", refresh: "refresh-\($0.number)") }) {
        state = Locked(State(handler: handler))
    }

    var calls: [Call] { state.withLock { $0.calls } }
    var grantTypes: [String] { calls.compactMap(\.grantType) }

    func answer(_ handler: @escaping Handler) {
        state.withLock { $0.handler = handler }
    }

    /// Waits until so many requests have arrived.
    func received(_ count: Int) async {
        await arrivals.reaches(count)
    }

    func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse {
        let (call, handler) = state.withLock { state in
            let call = Call(number: state.calls.count + 1, request: request, fields: Self.fields(of: request))
            state.calls.append(call)
            return (call, state.handler)
        }
        arrivals.increment()
        return try await handler(call)
    }

    private static func fields(of request: WireRequest) -> [String: String] {
        guard let data = request.body?.data, data.count < 1 << 16 else { return [:] }
        if let object = try? JSONSerialization.jsonObject(with: data) as? [String: String] { return object }
        let pairs = String(decoding: data, as: UTF8.self).split(separator: "&").map { pair in
            pair.split(separator: "=", maxSplits: 1).map { $0.replacing("+", with: " ").removingPercentEncoding ?? "" }
        }
        return Dictionary(pairs.filter { $0.count == 2 }.map { ($0[0], $0[1]) }) { $1 }
    }
}

extension WireResponse {
    /// A token answer.
    static func tokens(
        _ access: String,
        lifetime: Int? = 3600,
        refresh: String? = nil,
        refreshLifetime: Int? = nil
    ) -> WireResponse {
        var members = [#""access_token":"\#(access)""#, #""token_type":"Bearer""#]
        if let lifetime { members.append(#""expires_in":\#(lifetime)"#) }
        if let refresh { members.append(#""refresh_token":"\#(refresh)""#) }
        if let refreshLifetime { members.append(#""refresh_token_expires_in":\#(refreshLifetime)"#) }
        return .json(200, "{\(members.joined(separator: ","))}")
    }

    static func json(_ status: Int, _ text: String, headers: WireHeaders = [:]) -> WireResponse {
        var headers = headers
        headers["Content-Type"] = "application/json"
        return WireResponse(status: status, headers: headers, body: Data(text.utf8))
    }

    static func refused(_ code: String, _ status: Int = 400) -> WireResponse {
        .json(status, #"{"error":"\#(code)"}"#)
    }
}
