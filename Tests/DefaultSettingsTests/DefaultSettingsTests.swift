import Foundation
import OAuthDialects
import Testing

@Suite struct DefaultSettingsTests {
    @Test func `Actors do as every part of a session`() async throws {
        let session = TokenSession(
            dialect: ActorDialect(),
            credentials: ActorCredentials(),
            store: ActorStore(),
            transport: ActorTransport(),
            clock: ActorClock()
        )
        #expect(try await session.accessToken(within: .seconds(60)).value.revealed == "actor-1")
    }

    @Test func `Classes do as every part of a session`() async throws {
        let session = TokenSession(
            dialect: ClassDialect(),
            credentials: ClassCredentials(),
            store: ClassStore(),
            transport: ClassTransport(),
            clock: ClassClock()
        )
        #expect(try await session.accessToken(within: .seconds(60)).value.revealed == "class")
    }

    @Test func `Dialects, credentials and clocks are looked up at the call site`() throws {
        let environment = ["WETIX_CLIENT_ID": "id", "WETIX_CLIENT_SECRET": "secret"]
        let credentials = try ClientCredentials.environment("WETIX", in: environment)
        for dialect: any ProviderDialect in [
            .weTix(.sandbox), .revenueMonster(.production), .tiki(.production, authentication: .body),
        ] {
            for signer: (any RequestSigner)? in [ActorSigner(), ClassSigner(), nil] {
                let session = TokenSession(dialect: dialect, credentials: credentials, signer: signer, clock: .system)
                #expect(session.currentAccessToken == nil)
            }
        }
    }

    @MainActor
    @Test func `A token is taken from the main actor, with an operation of its own state`() async throws {
        let transport = ClassTransport()
        let session = TokenSession(dialect: ClassDialect(), credentials: ClassCredentials(), transport: transport)
        _ = try await session.accessToken(within: .seconds(60))
        var seen: [String] = []
        let value = try await session.withAccessToken { token in
            seen.append(token.value.revealed)
            return .accepted(seen.count)
        }
        #expect(value == 1)
        #expect(seen == ["class"])
    }
}
