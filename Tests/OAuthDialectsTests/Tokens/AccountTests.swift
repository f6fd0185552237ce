import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// Two accounts never meet, however alike their names look.
struct AccountTests {
    static let composed = "caf\u{E9}"
    static let decomposed = "cafe\u{301}"

    @Test func `Two spellings of a name in Unicode are two accounts`() throws {
        let accounts = try [Account(Self.composed), Account(Self.decomposed)]
        #expect(accounts[0] != accounts[1])
        #expect(Set(accounts).count == 2)
        #expect(try accounts[0] == Account(Self.composed))
    }

    @Test func `A sign-in of the other spelling is refused`() async throws {
        let dialect = TikiDialect.tiki(.production)
        let client = ClientCredentials(id: "client", secret: "s3cret")
        let sessions = try [Self.composed, Self.decomposed].map {
            TokenSession(
                dialect: dialect,
                credentials: client,
                identity: .user(try Account($0)),
                transport: StubProvider(),
                clock: TestClock()
            )
        }
        let attempt = try await sessions[0].beginSignIn(redirectURI: SignInSample.back)
        let callback = try SignInSample.callback(attempt)
        let error = await #expect(throws: TokenError.self) {
            try await sessions[1].finishSignIn(attempt, callback: callback)
        }
        #expect(error?.code == .invalidRequest)
    }

    @Test func `Two values of a secret extra field are two keys, and neither value is in its key`() {
        let values = ["s3cret-one", "s3cret-two", ""]
        let fields =
            values.map { WireField("field", secret: Secret($0)) } + [
                WireField("field", "s3cret-one"), WireField("field", ""),
            ]
        let keys = fields.map { field in
            let dialect = StandardDialect(
                name: "acme",
                tokenEndpoint: .acme,
                apiHosts: [],
                conventions: WireConventions {
                    $0.request.added = [field]
                }
            )
            return SessionKey(dialect: dialect, client: "client", identity: .client())
        }
        #expect(Set(keys).count == fields.count)
        for key in keys[..<3] { #expect(!key.identifier.contains("s3cret")) }
    }
}
