import OAuthDialects
import Testing

@Suite(.timeLimit(.minutes(5)))
struct PoolKeyTests {
    private static let identities: [Identity] = {
        let composed = "caf\u{E9}"
        let decomposed = "cafe\u{301}"
        let scopes: [[String]] = [
            [], ["read"], ["read", "read"], ["read", "write"], ["write", "read"], ["read write"], [composed],
            [decomposed], [""],
        ]
        let names = ["a", "A", "a&scope=read", composed, decomposed]
        let accounts = names.compactMap { try? Account($0) }
        return scopes.flatMap { scopes in
            [.client(scopes: scopes)] + accounts.map { .user($0, scopes: scopes) }
        }
            + names.flatMap { name in
                [.staticToken(named: name), .assertion(named: name) { _ in .clientCredentials() }]
            }
    }()

    @Test func `A pool tells identities apart exactly as stores do`() {
        let dialect = WeTixDialect.weTix(.sandbox)
        let texts = Self.identities.map { SessionKey(dialect: dialect, client: "client", identity: $0).identifier }
        for (one, text) in zip(Self.identities, texts) {
            for (other, otherText) in zip(Self.identities, texts) {
                #expect(SessionKey.isSame(one, other) == (text == otherText), "\(text) and \(otherText)")
            }
        }
        #expect(Set(texts).count == 40)
    }

    @Test func `Equal identities get one session, and others get others`() {
        let pool = SessionPool()
        let client = ClientCredentials(id: "id", secret: "secret")
        let sessions = Self.identities.map {
            pool.session(dialect: .weTix(.sandbox), credentials: client, identity: $0)
        }
        #expect(Set(sessions.map { ObjectIdentifier($0) }).count == pool.count)
        let texts = Self.identities.map { SessionKey(dialect: .weTix(.sandbox), client: "id", identity: $0).identifier }
        #expect(pool.count == Set(texts).count)
    }
}
