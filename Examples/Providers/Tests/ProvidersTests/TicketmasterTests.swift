import Foundation
import OAuthDialects
import Providers
import Testing

struct TicketmasterTests {
    private let ticketmaster = Example(
        TicketmasterDialect(),
        id: "12341234",
        secret: "43214321",
        (
            .code("1c6b27fd4dbca7390b7d6cbbb8d4e41a5841d123"),
            """
            POST https://oauth.ticketmaster.com/oauth/token
            \(form)

            grant_type=authorization_code&client_id=12341234&client_secret=43214321
            &code=1c6b27fd4dbca7390b7d6cbbb8d4e41a5841d123
            """
        ),
        (
            .refresh("d777538b9afa895a313ed5e0bc5fec43"),
            """
            POST https://oauth.ticketmaster.com/oauth/token
            \(form)

            grant_type=refresh_token&client_id=12341234&client_secret=43214321
            &refresh_token=d777538b9afa895a313ed5e0bc5fec43
            """
        )
    )

    @Test func `Ticketmaster's requests`() async throws {
        try ticketmaster.sendsWhatIsDocumented()
        let signIn = try await ticketmaster.signIn("all")
        #expect(signIn.address == "https://oauth.ticketmaster.com/oauth/authorize" && signIn.fields["scope"] == "all")
        #expect(signIn.fields["code_challenge"] == nil)
        let request = try ticketmaster.authorized("https://app.ticketmaster.com/partners/v1/events?apikey=KEY")
        #expect(request.headers["Authorization"] == "Bearer TOKEN" && request.url.query() == "apikey=KEY")
    }

    @Test func `Ticketmaster's answers: a refresh brings no refresh token`() throws {
        let first = try ticketmaster.tokens(
            #"""
            {"access_token":"2bn123okn123on12c9d620232f8259205ed70","expires_in":3600,
            "refresh_token":"bqwe123123538b9afa895a313ed5e0bc5fec43","token_type":"bearer"}
            """#
        )
        #expect(
            first.lifetime == .seconds(3600) && first.refreshToken?.value == "bqwe123123538b9afa895a313ed5e0bc5fec43"
        )
        let next = try ticketmaster.tokens(
            #"{"access_token":"2bn123okn123on12","expires_in":3600,"token_type":"bearer","scope":"all"}"#,
            for: .refresh()
        )
        #expect(next.refreshToken == nil && next.scopes == ["all"])
        #expect(ticketmaster.dialect.conventions.refreshTokenRotation == .reusable)
    }

    @Test func `Ticketmaster's refusals`() throws {
        #expect(try ticketmaster.meaning(400, #"{"error":"invalid_grant"}"#) == .dead)
        let fault = #"{"fault":{"faultstring":"Invalid ApiKey","detail":{"errorcode":"oauth.v2.InvalidApiKey"}}}"#
        #expect(ticketmaster.rejects(401, fault))
        #expect(
            !ticketmaster.rejects(400, #"{"error":{"message":"Invalid input data type","code":10002,"http_code":400}}"#)
        )
    }

    @Test func `Ticketmaster's dialect conforms`() async throws { try await ticketmaster.conforms() }
}
