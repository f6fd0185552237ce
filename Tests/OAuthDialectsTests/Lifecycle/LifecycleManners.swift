import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// How the provider and the API of a scenario answer, by the words of the scenario files.
struct LifecycleManners {
    /// The answer to a token request, which has this number among them.
    typealias Token = @Sendable (StubProvider.Call, _ number: Int) async throws -> WireResponse
    /// The answer to a request with this access token.
    typealias API = @Sendable (_ token: String) -> WireResponse

    let clock: TestClock
    let lifetime: Int

    func token(_ manner: String) throws -> Token {
        let (clock, lifetime) = (clock, lifetime)
        let good: Token = { .tokens("access-\($1)", lifetime: lifetime, refresh: "refresh-\($1)") }
        if let token = manner.firstMatch(of: /^refuses (refresh-\d+)$/)?.output.1 {
            let dead = String(token)
            return { $0.refreshToken == dead ? .refused("invalid_grant") : try await good($0, $1) }
        }
        let manners: [String: Token] = [
            "answers": good,
            "refuses": { _, _ in .refused("invalid_grant") },
            "asks for two minutes": { _, _ in .json(503, "{}", headers: ["Retry-After": "120"]) },
            "answers 502": { _, _ in WireResponse(status: 502, body: Data("<html>Bad gateway</html>".utf8)) },
            "says server_busy": { _, _ in .refused("server_busy") },
            "suspends the app": { _, _ in .refused("unauthorized_client") },
            "refuses refreshes": {
                $0.grantType == "refresh_token" ? .refused("invalid_grant") : try await good($0, $1)
            },
            "loses refreshes": {
                guard $0.grantType == "refresh_token" else { return try await good($0, $1) }
                throw WireFailure(.connectionLost, mayHaveArrived: true)
            },
            "hangs": { _, _ in
                try await clock.sleep(until: clock.now + .hours(24))
                throw WireFailure(.timedOut, mayHaveArrived: true)
            },
        ]
        return try #require(manners[manner], "No provider \"\(manner)\".")
    }

    func api(_ manner: String) throws -> API {
        let (good, rejection) = (WireResponse.json(200, #"{"data":{}}"#), WireResponse.refused("invalid_token", 401))
        if let token = manner.firstMatch(of: /^rejects (access-\d+)$/)?.output.1 {
            let dead = String(token)
            return { $0 == dead ? rejection : good }
        }
        let manners: [String: API] = [
            "accepts": { _ in good },
            "rejects": { _ in rejection },
            "rejects the signature": { _ in .json(401, #"{"error":{"code":"BAD_SIGN","message":"sign"}}"#) },
            "has no shop for the seller": { _ in .json(401, #"{"errors":["token is not linked to any seller"]}"#) },
            "answers 403 to access-1": { $0 == "access-1" ? WireResponse(status: 403) : good },
            "has errors for access-1": {
                $0 == "access-1" ? .json(200, #"{"errors":[{"message":"unauthorized"}]}"#) : good
            },
        ]
        return try #require(manners[manner], "No API \"\(manner)\".")
    }
}
