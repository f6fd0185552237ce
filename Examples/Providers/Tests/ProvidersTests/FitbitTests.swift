import Foundation
import OAuthDialects
import Providers
import Testing

struct FitbitTests {
    private let fitbit = Example(
        FitbitDialect(),
        (
            .refresh("<refresh_token>"),
            """
            POST https://api.fitbit.com/oauth2/token
            \(basic())
            \(form)

            grant_type=refresh_token&refresh_token=<refresh_token>
            """
        )
    )

    @Test func `Fitbit's requests`() async throws {
        try fitbit.sendsWhatIsDocumented()
        #expect(try fitbit.sendsRawBasic())
        let signIn = try await fitbit.signIn("heartrate", "sleep")
        #expect(signIn.address == "https://www.fitbit.com/oauth2/authorize")
        #expect(signIn.fields["scope"] == "heartrate sleep" && signIn.fields["code_challenge_method"] == "S256")
        let revocation = try fitbit.revocation()
        #expect(revocation.line == "POST https://api.fitbit.com/oauth2/revoke")
        #expect(revocation.fields.contains("token=REFRESH") && revocation.headers["authorization"] != nil)
    }

    @Test func `Fitbit's answer`() throws {
        let tokens = try fitbit.tokens(
            #"""
            {"access_token":"eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjE0MzAzNDM3MzUs","expires_in":3600,
            "refresh_token":"c643a63c072f0f05478e9d18b991db80ef6061e4f8e6c822d83fed53e5fafdd7","token_type":"Bearer",
            "user_id":"26FWFL"}
            """#
        )
        #expect(tokens.lifetime == .seconds(3600) && tokens.said == ["user_id": "26FWFL"])
        #expect(fitbit.dialect.conventions.refreshTokenRotation == .rotates)
        #expect(tokens.refreshToken?.value == "c643a63c072f0f05478e9d18b991db80ef6061e4f8e6c822d83fed53e5fafdd7")
    }

    @Test func `Fitbit's refusals`() throws {
        func body(_ type: String) -> String { #"{"errors":[{"errorType":"\#(type)","message":"…"}],"success":false}"# }
        #expect(try fitbit.meaning(400, body("invalid_grant")) == .dead)
        #expect(try fitbit.meaning(401, body("invalid_client")) == .fix)
        #expect(fitbit.rejects(401, body("expired_token")))
        let refusal = fitbit.dialect.refusal(in: WireResponse(status: 400, body: Data(body("invalid_grant").utf8)))
        #expect(refusal?.code == "invalid_grant" && refusal?.message == "…")
    }

    @Test func `Fitbit's dialect conforms`() async throws { try await fitbit.conforms() }
}
