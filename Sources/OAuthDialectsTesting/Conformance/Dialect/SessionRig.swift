internal import Foundation
internal import OAuthDialects

/// A session of the judged dialect with a sandbox, and everything that was said meanwhile.
final class SessionRig: Sendable {
    static let scopes = ["read", "write"]

    let sandbox: ProviderSandbox
    let session: TokenSession
    private let code: @Sendable (ProviderSandbox) -> Grant
    private let said: Locked<[String]>
    private let misused = Locked(false)

    /// Whether the sandbox has a reason to complain.
    var isMisused: Bool {
        get { misused.withLock { $0 } }
        set { misused.withLock { $0 = newValue } }
    }

    /// Makes a rig; `nil` if the dialect's tokens could be sent nowhere.
    init?(_ bench: DialectBench, isPersonal: Bool) {
        let (dialect, conventions) = (bench.dialect, bench.dialect.conventions)
        let origins = dialect.apiOrigins.origins.map(\.description).sorted()
        guard let root = origins.first.flatMap({ URL(string: $0) }), let account = try? Account("conformance") else {
            return nil
        }
        sandbox = ProviderSandbox(bench.provider, credentials: DialectBench.credentials, baseURL: root)
        sandbox.accessTokenLifetime = .seconds(3600)
        sandbox.stub("GET", "/conformance", json: "{}")
        let names = DialectProbe(dialect).names
        let scopes = conventions.offlineScope.map { [$0] } ?? ["read"]
        let verifier = conventions.pkce == .s256 && names["code_verifier"] != nil ? DialectBench.verifier : nil
        code = {
            $0.issueCode(
                scopes: scopes,
                redirectURI: names["redirect_uri"].map { _ in DialectBench.redirectURI },
                codeVerifier: verifier
            )
        }
        var policy = RenewalPolicy()
        // A second attempt would wait for a clock that stands still.
        policy.attempts = 1
        let said = Locked<[String]>([])
        self.said = said
        session = sandbox.session(
            dialect: dialect,
            identity: isPersonal ? .user(account) : .client(scopes: Self.scopes),
            policy: policy,
            onEvent: { event in said.withLock { $0 += PrintedForms.of(event) } }
        )
    }

    func signIn() async throws {
        try await session.signIn(with: code(sandbox))
    }

    /// The status of the API's answer.
    func ask() async throws -> Int {
        try await session.send(WireRequest("GET", sandbox.url("/conformance"))).status
    }

    /// What asking for a token throws.
    func error() async -> TokenError? {
        do {
            _ = try await session.accessToken()
            return nil
        } catch {
            said.withLock { $0 += PrintedForms.of(error) }
            return error as? TokenError
        }
    }

    func isGood(_ token: AccessToken) -> Bool {
        var request = WireRequest("GET", sandbox.url("/conformance"))
        request.headers["Authorization"] = token.authorizationHeader.revealed
        return sandbox.respond(to: request).status == 200
    }

    /// What was wrong besides: a complaint of the sandbox, a refresh token used twice, a secret in what was said.
    var fault: String? {
        if !isMisused, let complaint = sandbox.complaints.first { return "the provider: \(complaint)" }
        if sandbox.counters.reuses > 0 { return "a code or a refresh token was used twice" }
        let secrets = [sandbox.credentials.secret, session.currentAccessToken?.value].compactMap(\.self)
        let texts = said.withLock { $0 } + PrintedForms.of(session) + ["\(session.status)"]
        let spellings = secrets.map(\.revealed).flatMap {
            [$0, FormEncoding.encode($0), Data($0.utf8).base64EncodedString()]
        }
        let isShown = Set(texts).contains { text in spellings.contains { text.contains($0) } }
        return isShown ? "a secret in an event, an error or a status" : nil
    }
}
