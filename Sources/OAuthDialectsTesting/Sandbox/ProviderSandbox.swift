public import Foundation
public import OAuthDialects

/// Answers a request to an API route of a sandbox.
public typealias SandboxHandler = @Sendable (WireRequest) -> WireResponse

/// A provider's authorization server and protected API in memory, as strict about requests as the provider may be.
///
/// It answers requests as a `WireTransport`, and on a loopback port with ``serve(port:consent:onEntry:)``. A unit test of an app
/// needs four lines:
///
/// ```swift
/// let sandbox = ProviderSandbox(.revenueMonster)
/// sandbox.stub("GET", "/v3/orders", json: #"{"items":[]}"#)
/// let session = sandbox.session()
/// let (data, response) = try await session.data(for: URLRequest(url: sandbox.url("/v3/orders")))
/// ```
///
/// An incorrect request gets the provider's own error; the ``transcript`` says in words what was wrong.
public final class ProviderSandbox: WireTransport {
    /// The provider that a sandbox plays.
    public struct Provider: Sendable {
        let rules: SandboxRules

        /// WeTix: JSON, raw Basic, a separate refresh endpoint.
        public static let weTix = Self(rules: .weTix)

        /// Revenue Monster: camelCase JSON, raw Basic, rotating refresh tokens.
        public static let revenueMonster = Self(rules: .revenueMonster)

        /// Tiki: forms, Basic, no refresh token for client credentials.
        public static let tiki = Self.tiki(authentication: .basic)

        /// Tiki, with the app registered for one method of client authentication.
        public static func tiki(authentication: TikiDialect.Authentication) -> Self {
            Self(rules: .tiki(authentication))
        }

        /// A provider that follows the conventions of any `ProviderDialect`.
        ///
        /// The sandbox learns from the dialect's conventions and from requests that it writes: paths, methods, names of fields,
        /// the client's authentication, where API requests carry the token, and how tokens and refusals are written. An answer
        /// states a date of expiry in place of a lifetime if the conventions name only `WireConventions.Field.expiresAt`.
        ///
        /// - Parameters:
        ///   - dialect: the dialect; the provider supports the grants for which it has an endpoint.
        ///   - answer: the shape of token answers, for a dialect that reads them in a function of its own.
        ///   - extras: what token answers also contain, by name, such as an `instance_url`.
        ///   - objection: what is wrong with a request, such as its signature, in a sentence for people, or `nil`; it is asked
        ///     about each token request and each API request. Fields that the dialect doesn't write are then no complaint.
        /// - Returns: the provider.
        public static func speaking(
            _ dialect: any ProviderDialect,
            answer: TokenAnswerShape? = nil,
            extras: [String: String] = [:],
            objection: (@Sendable (WireRequest) -> String?)? = nil
        ) -> Self {
            Self(rules: .speaking(dialect, SpokenAnswers(shape: answer, extras: extras, objection: objection)))
        }
    }

    /// The registered client; its secret contains characters that careless encoding breaks.
    public let credentials: ClientCredentials

    /// The root of the session's URLs; never contacted.
    public let baseURL: URL

    /// The sandbox's clock; ``advance(by:)`` moves it if it is a ``TestClock``.
    public let clock: any SessionClock

    let rules: SandboxRules
    let state: Locked<SandboxState>

    /// Creates a sandbox, by default with a clock that stands still until the test advances it.
    ///
    /// - Parameters:
    ///   - provider: the provider to play.
    ///   - credentials: the registered client.
    ///   - baseURL: the root of its URLs; never contacted.
    ///   - clock: a ``TestClock``, or `.system` with real sockets.
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
        state = Locked(SandboxState(rules: provider.rules, client: credentials))
    }

    /// Answers a request at once; a fault without a response returns an empty 502.
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

    /// Handles a request; the app's route runs without the lock.
    func handle(_ request: WireRequest) -> SandboxReply {
        let (now, date) = (clock.now, clock.date)
        let reply = state.change { $0.handle(request, now: now, date: date) }
        guard case .route(let handler, let entry, let delivery) = reply else { return reply }
        let response = handler(request)
        if delivery == .lost { return .lost }
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
