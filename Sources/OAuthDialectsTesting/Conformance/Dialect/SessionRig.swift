internal import Foundation
internal import OAuthDialects

/// A session that uses the tested dialect with a sandbox, and everything that it printed.
final class SessionRig: Sendable {
    static let scopes = ["read", "write"]

    let sandbox: ProviderSandbox
    let session: TokenSession
    private let code: @Sendable (ProviderSandbox) -> Grant
    private let said: Locked<[String]>
    private let misused = Locked(false)
    private let dialect: any ProviderDialect

    /// Whether the dialect reads a lifetime from the provider's answers.
    let statesLifetime: Bool

    /// Whether the check makes incorrect requests on purpose, so that complaints are not a fault.
    var isMisused: Bool {
        get { misused.withLock { $0 } }
        set { misused.withLock { $0 = newValue } }
    }

    /// Creates a rig; `nil` if the dialect has no API origin.
    init?(_ bench: DialectBench, isPersonal: Bool) {
        let (dialect, conventions) = (bench.dialect, bench.dialect.conventions)
        let origins = bench.origins.origins.map(\.description).sorted()
        guard let root = origins.first.flatMap({ URL(string: $0) }), let account = try? Account("conformance") else {
            return nil
        }
        sandbox = ProviderSandbox(bench.provider, credentials: DialectBench.credentials, baseURL: root)
        statesLifetime = (try? bench.read(bench.usual()))?.lifetime != nil
        sandbox.accessTokenLifetime = statesLifetime ? .seconds(3600) : .seconds(50 * 365 * 86400)
        self.dialect = dialect
        sandbox.stub("GET", "/conformance", json: "{}")
        let names = DialectProbe(dialect).names
        let scopes = conventions.offlineScope.map { [$0] } ?? ["read"]
        let verifier = names["code_verifier"] != nil ? DialectBench.verifier : nil
        code = {
            $0.issueCode(
                scopes: scopes,
                redirectURI: names["redirect_uri"].map { _ in DialectBench.redirectURI },
                codeVerifier: verifier
            )
        }
        var policy = RenewalPolicy()
        // A second attempt would wait forever: nothing advances the clock meanwhile.
        policy.attempts = 1
        let said = Locked<[String]>([])
        self.said = said
        session = sandbox.session(
            dialect: dialect,
            identity: isPersonal ? .user(account, scopes: scopes) : .client(scopes: Self.scopes),
            signer: bench.signer,
            policy: policy,
            onEvent: { event in said.withLock { $0 += PrintedForms.of(event) } }
        )
    }

    func signIn() async throws {
        try await session.signIn(with: code(sandbox))
    }

    /// Sends an API request and returns the status of the response; a refusal with status 200 counts as a 401.
    func ask() async throws -> Int {
        let response = try await session.send(WireRequest("GET", sandbox.url("/conformance")))
        return response.status == 200 && response.body != Data("{}".utf8) ? 401 : response.status
    }

    /// Lets an hour pass, after which the access tokens so far no longer work.
    func expire() {
        sandbox.advance(by: .seconds(3600))
        if !statesLifetime { sandbox.revokeAccessTokens() }
    }

    /// The error that the session throws for a token; `nil` if there is a token.
    func error() async -> TokenError? {
        do {
            _ = try await session.accessToken()
            return nil
        } catch {
            said.withLock { $0 += PrintedForms.of(error) }
            return error as? TokenError
        }
    }

    func isGood(_ token: AccessToken) throws -> Bool {
        var request = WireRequest("GET", sandbox.url("/conformance"))
        let access = ResourceAccess(
            token: token,
            credentials: sandbox.credentials,
            date: sandbox.clock.date,
            nonce: DialectProbe.nonce
        )
        try dialect.authorize(&request, for: access)
        return sandbox.respond(to: request).body == Data("{}".utf8)
    }

    /// A fault that every check looks for: a complaint of the sandbox, a refresh token used twice, or a printed secret.
    var fault: String? {
        if !isMisused, let complaint = sandbox.complaints.first { return "the provider complains: \(complaint)" }
        if sandbox.counters.reuses > 0 { return "a code or a refresh token was used twice" }
        let secrets = [sandbox.credentials.secret, session.currentAccessToken?.value].compactMap(\.self)
        let texts = said.withLock { $0 } + PrintedForms.of(session) + ["\(session.status)"]
        let spellings = secrets.map(\.revealed).flatMap {
            [$0, FormEncoding.encode($0), Data($0.utf8).base64EncodedString()]
        }
        let isShown = Set(texts).contains { text in spellings.contains { text.contains($0) } }
        return isShown ? "a secret in an event, an error, or a status" : nil
    }
}
