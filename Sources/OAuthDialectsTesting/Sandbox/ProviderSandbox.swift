public import Foundation
public import OAuthDialects

/// Answers a request to the app's own routes.
public typealias SandboxHandler = @Sendable (WireRequest) -> WireResponse

/// A provider's authorization server and protected API in memory, as strict about the wire as the provider may be.
///
/// It is a function from request to answer over its own state, a `WireTransport`, and, by ``serve(port:consent:onEntry:)``, a server on a
/// loopback port. A unit test of an app needs four lines:
///
/// ```swift
/// let sandbox = ProviderSandbox(.revenueMonster)
/// sandbox.stub("GET", "/v3/orders", json: #"{"items":[]}"#)
/// let session = sandbox.session()
/// let (data, response) = try await session.data(for: URLRequest(url: sandbox.url("/v3/orders")))
/// ```
///
/// What was wrong with a request comes back in the provider's own error, and is in the ``transcript`` in words.
public final class ProviderSandbox: WireTransport {
    /// Which provider it plays.
    public struct Provider: Sendable {
        let rules: SandboxRules

        /// WeTix: JSON, raw Basic, a refresh endpoint of its own.
        public static let weTix = Self(rules: .weTix)

        /// Revenue Monster: camelCase JSON, raw Basic, rotating refresh tokens.
        public static let revenueMonster = Self(rules: .revenueMonster)

        /// Tiki: forms, Basic, no refresh token for client credentials.
        public static let tiki = Self.tiki(authentication: .basic)

        /// Tiki, with the app registered for one way to authenticate.
        public static func tiki(authentication: TikiDialect.Authentication) -> Self {
            Self(rules: .tiki(authentication))
        }

        /// A provider that speaks as a dialect does: any `ProviderDialect`, by its own conventions.
        ///
        /// Its fields' names are learnt from the dialect's own requests; clients authenticate by Basic or by fields of the body.
        ///
        /// - Parameters:
        ///   - dialect: how it speaks; a grant without endpoint it does not have.
        ///   - answer: how it writes token answers; a flat object in the dialect's naming unless told.
        /// - Returns: the provider.
        public static func speaking(_ dialect: any ProviderDialect, answer: TokenAnswerShape? = nil) -> Self {
            Self(rules: .speaking(dialect, answer))
        }
    }

    /// What the client presents; its secret holds what careless encoding breaks.
    public let credentials: ClientCredentials

    /// The root that the session's URLs begin with; nothing is ever sent there.
    public let baseURL: URL

    /// What its time goes by; ``advance(by:)`` moves it if it is a ``TestClock``.
    public let clock: any SessionClock

    let rules: SandboxRules
    let state: Locked<SandboxState>

    /// Makes a sandbox whose time stands still until it is advanced.
    ///
    /// - Parameters:
    ///   - provider: which provider it plays.
    ///   - credentials: the client that is registered.
    ///   - baseURL: the root of its URLs; never contacted.
    ///   - clock: what its time goes by: a ``TestClock``, or `.system` where sockets are real.
    public init(
        _ provider: Provider,
        credentials: ClientCredentials = ClientCredentials(
            id: "sandbox-client",
            secret: "sb+secret/100%=not~a real one"
        ),
        baseURL: URL = URL(string: "https://sandbox.example")!,
        clock: any SessionClock = TestClock()
    ) {
        self.credentials = credentials
        self.baseURL = baseURL
        self.clock = clock
        rules = provider.rules
        state = Locked(
            SandboxState(rules: provider.rules, clients: [credentials.id: credentials.secret?.revealed ?? ""])
        )
    }

    /// The answer to a request, at once; a fault that is no answer comes out as an empty 502.
    public func respond(to request: WireRequest) -> WireResponse {
        switch handle(request) {
        case .response(let response, .half): response.halved
        case .response(let response, .whole): response
        case .response, .route, .refused, .reset, .lost, .hang: WireResponse(status: 502)
        }
    }

    public func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse {
        try Task.checkCancellation()
        switch handle(request) {
        case .response(_, .dripping), .hang:
            try await clock.sleep(until: clock.now + limits.timeout)
            throw WireFailure(.timedOut, mayHaveArrived: true)
        case .response(let answer, let delivery):
            try await state.wait { !$0.isHolding }
            try await delay(within: limits)
            var response = delivery == .half ? answer.halved : answer
            response.isCutOff = response.body.count > limits.maximumBodyBytes
            response.body = Data(response.body.prefix(limits.maximumBodyBytes))
            return response
        case .refused:
            throw WireFailure(.notConnected, mayHaveArrived: false)
        case .lost, .reset, .route:
            throw WireFailure(.connectionLost, mayHaveArrived: true)
        }
    }

    private func delay(within limits: WireLimits) async throws {
        let latency = latency
        guard latency > .zero else { return }
        try await clock.sleep(until: clock.now + min(latency, limits.timeout))
        if latency >= limits.timeout { throw WireFailure(.timedOut, mayHaveArrived: true) }
    }

    /// Runs a request through the state, and through the app's route outside the lock.
    func handle(_ request: WireRequest) -> SandboxReply {
        let (now, date) = (clock.now, clock.date)
        let reply = state.change { $0.handle(request, now: now, date: date) }
        guard case .route(let handler, let entry, let delivery) = reply else { return reply }
        let response = handler(request)
        state.change { $0.change(entry, status: response.status) }
        return .response(response, delivery)
    }
}

extension WireResponse {
    fileprivate var halved: Self {
        var half = self
        half.body = Data(body.prefix(body.count / 2))
        return half
    }
}
