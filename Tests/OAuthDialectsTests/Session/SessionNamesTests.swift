import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct SessionNamesTests {
    private static let email = "ann@example.com"

    private static func signedIn(_ account: Account) async throws -> Rig {
        let rig = Rig(identity: .user(account))
        try await rig.session.signIn(with: .authorizationCode("code", redirectURI: nil, codeVerifier: nil))
        return rig
    }

    @Test func `Every event names the dialect, and the account of a user's session`() async throws {
        let rig = Rig()
        _ = try await rig.token
        #expect(rig.log.events.allSatisfy { $0.metadata["dialect"] == "wetix" && $0.metadata["account"] == nil })
        let user = try await Self.signedIn(Account("merchant-42"))
        #expect(!user.log.events.isEmpty)
        for event in user.log.events {
            #expect(event.metadata["dialect"] == "wetix")
            #expect(event.metadata["account"] == "merchant-42")
        }
        #expect(user.session.status.account == "merchant-42")
        #expect(rig.session.status.account == nil)
    }

    @Test func `The report of missed events has the names too`() async throws {
        let rig = Rig(identity: .user(try Account("merchant-42")))
        var iterator = rig.session.events.makeAsyncIterator()
        for _ in 0..<100 {
            rig.clock.advance(by: .hours(2))
            try await rig.session.signIn(with: .authorizationCode("code", redirectURI: nil, codeVerifier: nil))
        }
        let first = await iterator.next(isolation: nil)
        #expect(first?.name == .eventsMissed)
        #expect(first?.metadata["account"] == "merchant-42")
        #expect(first?.metadata["dialect"] == "wetix")
    }

    @Test func `A personal account is shown as a digest that is the same everywhere`() async throws {
        let account = try Account(Self.email, isPersonal: true)
        let rig = try await Self.signedIn(account)
        let shown = try #require(rig.session.status.account)
        #expect(shown.wholeMatch(of: /personal-[0-9a-f]{10}/) != nil)
        #expect("\(try Account(Self.email, isPersonal: true))" == shown)
        #expect("\(try Account("ben@example.com", isPersonal: true))" != shown)
        #expect(rig.log.events.allSatisfy { $0.metadata["account"] == shown })
        Printed(rig.log.events.map { "\($0) \($0.metadata)" }).lacks([Self.email])
        Printed(rig.session.status).lacks([Self.email])
        Printed(rig.session).lacks([Self.email])
        Printed(account).lacks([Self.email])
        Printed(Identity.user(account)).lacks([Self.email])
        let json = String(decoding: try JSONEncoder().encode(rig.session.status), as: UTF8.self)
        #expect(!json.contains(Self.email))
    }

    @Test func `A personal account is the same account, with the same key`() throws {
        let (plain, personal) = (try Account(Self.email), try Account(Self.email, isPersonal: true))
        #expect(plain == personal)
        #expect(plain.hashValue == personal.hashValue)
        #expect("\(plain)" == Self.email)
        #expect(personal.name == Self.email)
        let keys = [plain, personal].map {
            SessionKey(dialect: WeTixDialect.weTix(.sandbox), client: "client", identity: .user($0))
        }
        #expect(keys[0] == keys[1])
    }

    @Test func `A sign-in that is kept as bytes stays personal`() async throws {
        for account in [try Account(Self.email, isPersonal: true), try Account("merchant-42")] {
            let session = TokenSession(
                dialect: .tiki(.production),
                credentials: ClientCredentials(id: "client", secret: "s3cret"),
                identity: .user(account),
                clock: TestClock()
            )
            let attempt = try await session.beginSignIn(redirectURI: "https://app.example/callback")
            let copy = try SignInAttempt(bytes: attempt.bytes)
            #expect(copy == attempt)
            #expect("\(copy)" == "\(attempt)")
            #expect("\(copy)".contains(Self.email) == false)
            #expect(copy.account.isPersonal == account.isPersonal)
        }
    }

    @Test func `A pool lists its sessions, and shows no personal account`() async throws {
        let log = Log()
        let pool = SessionPool(transport: StubProvider(), clock: TestClock()) { _, event in log.append(event) }
        #expect(pool.sessions.isEmpty)
        let client = ClientCredentials(id: "client", secret: "s3cret")
        for account in [try Account("merchant-42"), try Account(Self.email, isPersonal: true)] {
            let session = pool.session(dialect: .weTix(.sandbox), credentials: client, identity: .user(account))
            try await session.signIn(with: .authorizationCode("code", redirectURI: nil, codeVerifier: nil))
        }
        let accounts = pool.sessions.compactMap(\.status.account)
        #expect(accounts.count == 2)
        #expect(accounts.contains("merchant-42"))
        #expect(Set(log.events.compactMap { $0.metadata["account"] }) == Set(accounts))
        await pool.shutDown()
        #expect(pool.sessions.isEmpty)
    }

    @Test func `A status without an account, as an earlier version wrote it, is read`() throws {
        let json = """
            {"dialect":"wetix","standing":"noToken","scopes":[],"missingScopes":[],"hasRefreshToken":false,
             "isRenewing":false,"waitingCallers":0,"needsSignIn":false,"isUnsaved":false}
            """
        #expect(try JSONDecoder().decode(SessionStatus.self, from: Data(json.utf8)).account == nil)
    }

    @Test func `A status prints two lines, and a third while it fails`() async throws {
        let rig = try await Self.signedIn(Account("merchant-42"))
        let lines = "\(rig.session.status)".split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines[0] == "wetix, merchant-42: token valid until 2026-01-01T01:00:00Z, refresh token held")
        #expect(lines[1].hasPrefix("  next renewal at 2026-01-01T00:5"))
        rig.provider.answer { _ in .json(503, "{}", headers: ["Retry-After": "60"]) }
        rig.clock.advance(by: .hours(2))
        _ = await rig.failure()
        let failing = "\(rig.session.status)".split(separator: "\n")
        #expect(failing.count == 3)
        #expect(failing[0] == "wetix, merchant-42: token expired at 2026-01-01T01:00:00Z, refresh token held")
        #expect(failing[1].contains(", failing since 2026-01-01T02:00:0"))
        #expect(
            failing[2].hasPrefix("  unavailable: wetix can't answer now: sb-oauth.wetix.my answered with HTTP 503"),
            "\(failing[2])"
        )
    }

    @Test func `A status prints at most three lines, and the whole failure, whatever it holds`() async throws {
        let scopes = (0..<40).map { "scope-\($0)" }
        let account = try Account(String(repeating: "merchant", count: 12))
        for identity in [Identity.client(scopes: scopes), .user(account, scopes: scopes)] {
            let rig = Rig(identity: identity)
            if identity.account == nil { _ = try await rig.token }
            rig.provider.answer { _ in .refused("busy\n" + String(repeating: "please wait ", count: 40), 503) }
            rig.clock.advance(by: .hours(2))
            _ = await rig.failure()
            let lines = "\(rig.session.status)".split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count == 3)
            #expect(lines.prefix(2).allSatisfy { $0.count <= 80 }, "\(rig.session.status)")
            let end = identity.account == nil ? "Next attempt at " : "authorization code."
            #expect(lines[2].contains(end), "\(rig.session.status)")
        }
    }
}
