import Foundation
import OAuthDialects
import OAuthDialectsTesting

/// A clock whose sleep ends with a fact instead of a time.
struct FactClock: SessionClock {
    let fact: @Sendable () async throws -> Void

    var now: SessionInstant { SystemClock().now }
    var date: Date { Date() }

    func sleep(until instant: SessionInstant) async throws {
        try await fact()
    }
}

extension URLSessionTransport {
    /// A transport that sees no proxy.
    static func straight(clock: any SessionClock = .system) -> URLSessionTransport {
        URLSessionTransport(environment: { [:] }, clock: clock)
    }
}

extension WireRequest {
    static func post(_ url: URL) -> Self {
        WireRequest("POST", url, headers: ["Authorization": "Basic aWQ6c2VjcmV0"], body: .form([WireField("a", "b")]))
    }
}

/// What `send` threw, as the two types it may throw.
func failure(of work: () async throws -> WireResponse) async -> (wire: WireFailure?, token: TokenError?) {
    do {
        _ = try await work()
        return (nil, nil)
    } catch {
        return (error as? WireFailure, error as? TokenError)
    }
}
