import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct TokenCopiesTests {
    /// What changes the token that is read.
    enum Change: CaseIterable {
        case renewal, rejection, signOut, signIn
    }

    /// A session whose token was read while another thread had the lock; the token as the provider gave it.
    private func contended(_ rig: Rig = Rig()) async throws -> (Rig, AccessToken) {
        let token = try await rig.session.accessToken()
        readWaiting(rig)
        return (rig, token)
    }

    private func readWaiting(_ rig: Rig) {
        _ = rig.session.readWaiting(at: rig.clock.now) { $0.workingToken(at: rig.clock.now) }
    }

    @Test func `A session that nobody else reads makes no copies`() async throws {
        let rig = Rig()
        let token = try await rig.session.accessToken()
        await rig.session.settle()
        // The operation's own task may have had the lock when this one read the token.
        rig.session.forgetCopies()
        #expect(rig.session.currentAccessToken?.isIdentical(to: token) == true)
        #expect(rig.session.copiesVersion == 0)
    }

    @Test func `A read that had to wait makes a copy with memory of its own`() async throws {
        let (rig, token) = try await contended()
        #expect(rig.session.copiesVersion != 0)
        // Another test's copy may take the place of this one.
        let copies = (0..<1000).lazy.compactMap { _ in
            readWaiting(rig)
            return rig.session.currentAccessToken
        }
        let copy = try #require(copies.first { !$0.isIdentical(to: token) })
        #expect(copy == token)
        #expect(copy.expiresAt == token.expiresAt && copy.scopes == token.scopes)
        #expect(copy.authorizationHeader == token.authorizationHeader)
    }

    @Test(arguments: Change.allCases)
    func `A change of the token takes the copies away before it is over`(_ change: Change) async throws {
        let (rig, token) = try await contended()
        switch change {
        case .renewal: _ = try await rig.session.renew()
        case .rejection: rig.session.invalidate(token)
        case .signOut: try await rig.session.signOut()
        case .signIn: try await rig.session.signIn(with: .clientCredentials())
        }
        #expect(rig.session.copiesVersion == 0)
        #expect(rig.session.currentAccessToken != token)
    }

    @Test func `An API that accepts the token leaves the copies alone`() async throws {
        let (rig, _) = try await contended()
        _ = try await rig.session.withAccessToken { _ in .accepted(()) }
        #expect(rig.session.copiesVersion != 0)
    }

    @Test func `A copy is read until the token is due, and not afterwards`() async throws {
        let (rig, token) = try await contended()
        rig.clock.advance(by: .seconds(3600 - 60))
        readWaiting(rig)
        #expect(rig.session.currentAccessToken?.isIdentical(to: token) == true)
        rig.clock.advance(by: .seconds(60))
        readWaiting(rig)
        #expect(rig.session.currentAccessToken == nil)
    }

    @Test func `Signing out leaves no copy in memory`() async throws {
        let (rig, _) = try await contended()
        let version = rig.session.copiesVersion
        #expect(TokenCopies.count(of: version) > 0)
        try await rig.session.signOut()
        #expect(TokenCopies.count(of: version) == 0)
    }

    @Test func `A session that is gone leaves no copy in memory`() async throws {
        var session: TokenSession? = TokenSession(
            dialect: .weTix(.sandbox),
            credentials: ClientCredentials(id: "client", secret: "s3cret"),
            transport: StubProvider()
        )
        _ = try await session?.accessToken()
        await session?.settle()
        let now = SystemClock.system.now
        _ = session?.readWaiting(at: now) { $0.workingToken(at: now) }
        let version = try #require(session?.copiesVersion)
        #expect(TokenCopies.count(of: version) > 0)
        session = nil
        await eventually { TokenCopies.count(of: version) == 0 }
    }

    @Test func `A token that was renewed is copied again`() async throws {
        let (rig, _) = try await contended()
        let second = try await rig.session.renew()
        readWaiting(rig)
        #expect(rig.session.copiesVersion != 0)
        #expect(rig.session.currentAccessToken == second)
    }
}
