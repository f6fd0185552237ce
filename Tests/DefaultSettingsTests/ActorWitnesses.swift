import Foundation
import OAuthDialects

// Every public protocol as an actor, in a module with plain build settings: what does not compile here is a bug.

actor ActorTransport: WireTransport {
    private(set) var count = 0

    func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse {
        count += 1
        return WireResponse(status: 200, body: Data(#"{"access_token":"actor-\#(count)","expires_in":60}"#.utf8))
    }
}

actor ActorStore: TokenStore {
    private var records: [SessionKey: TokenRecord] = [:]
    private let base = InMemoryTokenStore()

    func record(for key: SessionKey) async throws -> TokenRecord? {
        records[key]
    }

    func update(_ key: SessionKey, _ body: StoreUpdate.Body) async throws {
        try await base.update(key) { update in
            try await body(StoreUpdate(record: update.record, notices: update.notices) { try await update.save($0) })
        }
        records[key] = base.record(for: key)
    }
}

actor ActorClock: SessionClock {
    nonisolated var now: SessionInstant { SystemClock().now }
    nonisolated var date: Date { Date() }

    func sleep(until instant: SessionInstant) async throws {
        try await SystemClock().sleep(until: instant)
    }
}

actor ActorSigner: RequestSigner {
    private(set) var count = 0

    func signed(_ request: WireRequest, for purpose: SigningPurpose) async throws -> WireRequest {
        guard case .resource(let access) = purpose else { return request }
        count += 1
        var request = request
        request.headers["X-Signature"] = "\(count) \(access.nonce)"
        return request
    }
}

actor ActorCredentials: CredentialsSource {
    func credentials() async throws -> ClientCredentials {
        ClientCredentials(id: "actor", secret: "secret")
    }
}

actor ActorDialect: ProviderDialect {
    nonisolated let name = "actor"
    nonisolated let apiOrigins: APIOrigins = ["api.actor.example"]

    nonisolated func tokenEndpoint(for grant: Grant) -> URL? {
        URL(string: "https://auth.actor.example/token")
    }
}
