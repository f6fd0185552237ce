import Foundation
import OAuthDialects

final class ClassSigner: RequestSigner {
    func signed(_ request: WireRequest, for purpose: SigningPurpose) async throws -> WireRequest {
        request
    }
}

// Every public protocol as a class, in a module with plain build settings: what does not compile here is a bug.

final class ClassTransport: WireTransport {
    func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse {
        WireResponse(status: 200, body: Data(#"{"access_token":"class","expires_in":60}"#.utf8))
    }
}

final class ClassStore: TokenStore {
    private let base = InMemoryTokenStore()

    func record(for key: SessionKey) async throws -> TokenRecord? {
        base.record(for: key)
    }

    func update(_ key: SessionKey, _ body: StoreUpdate.Body) async throws {
        try await base.update(key) { update in
            try await body(StoreUpdate(record: update.record, notices: update.notices) { try await update.save($0) })
        }
    }
}

final class ClassClock: SessionClock {
    var now: SessionInstant { SystemClock().now }
    var date: Date { Date() }

    func sleep(until instant: SessionInstant) async throws {
        try await SystemClock().sleep(until: instant)
    }
}

final class ClassCredentials: CredentialsSource {
    func credentials() async throws -> ClientCredentials {
        ClientCredentials(id: "class", secret: "secret")
    }
}

final class ClassDialect: ProviderDialect {
    let name = "class"
    let conventions = WireConventions {
        $0.request.bodyEncoding = .json
        $0.request.fieldNaming = .camelCase
    }
    let apiOrigins: APIOrigins = ["api.class.example"]
    let authorizationEndpoint: URL? = nil
    let revocationEndpoint: URL? = nil

    func tokenEndpoint(for grant: Grant) -> URL? {
        URL(string: "https://auth.class.example/token")
    }

    func request(for exchange: TokenExchange) throws -> WireRequest {
        try conventions.request(for: exchange, to: URL(string: "https://auth.class.example/token")!)
    }

    func refusal(in response: WireResponse) -> Refusal? {
        response.status == 200 ? nil : Refusal(status: response.status)
    }

    func remedy(for refusal: Refusal, of exchange: TokenExchange) -> Remedy {
        .fixConfiguration(hint: "nothing")
    }

    func tokens(in response: WireResponse, for exchange: TokenExchange) throws -> TokenSet {
        try conventions.tokens(in: response, for: exchange)
    }

    func authorize(_ request: inout WireRequest, for access: ResourceAccess) throws {
        request.headers["X-Token"] = access.token.value.revealed
    }

    func isTokenRejection(_ response: WireResponse) -> Bool {
        response.status == 403
    }
}
