import Foundation
import OAuthDialects
import Providers
import Testing

struct SalesforceTests {
    private static let id = "3MVG9lKcPoNINVBIPJjdw1J9LLM82HnFVVX19KY1uA5mu0QqEWhqKpoW3svG3XHrXDiCQjK1mdgAvhCscA9GE"

    private let salesforce = Example(
        SalesforceDialect(),
        id: Self.id,
        secret: "1955279925675241571",
        (
            .refresh("TOKEN"),
            """
            POST https://login.salesforce.com/services/oauth2/token
            \(form)

            grant_type=refresh_token&client_id=\(Self.id)&client_secret=1955279925675241571&refresh_token=TOKEN
            """
        ),
        (
            .clientCredentials(),
            """
            POST https://login.salesforce.com/services/oauth2/token
            \(form)

            grant_type=client_credentials&client_id=\(Self.id)&client_secret=1955279925675241571
            """
        )
    )

    @Test func `Salesforce's requests`() async throws {
        try salesforce.sendsWhatIsDocumented()
        let signIn = try await salesforce.signIn("api", "id")
        #expect(signIn.address == "https://login.salesforce.com/services/oauth2/authorize")
        #expect(signIn.fields["scope"] == "api id refresh_token" && signIn.fields["code_challenge_method"] == "S256")
        let revocation = try salesforce.revocation()
        #expect(revocation.line == "POST https://login.salesforce.com/services/oauth2/revoke")
        #expect(revocation.fields == ["token=REFRESH"] && revocation.headers["authorization"] == nil)
        let own = Example(SalesforceDialect(host: "acme.my.salesforce.com"), (.clientCredentials(), ""))
        #expect(try own.dialect.request(for: own.exchange()).url.host() == "acme.my.salesforce.com")
    }

    @Test func `Salesforce's answer: no lifetime, and the API's host`() throws {
        let tokens = try salesforce.tokens(
            #"""
            {"access_token":"00DS7000000oxzo!AR8AQPXAhJNveaXDdPzbrtXqPykdVxBxtbLycpiyPmKyJm0Ku8gKKztulObJ1dhJU8Jt9W8k7FySsPAk",
            "signature":"nUFHwtfIGLKDTHcLWmDBG8frv0t+HQGl/iCZFIQUarE=","token_format":"opaque",
            "instance_url":"https://instance_name.my.salesforce.com",
            "id":"https://login.salesforce.com/id/00Dd000000XXXXXXX/005d000000XXXXX","token_type":"Bearer",
            "issued_at":"1678833535086"}
            """#
        )
        #expect(tokens.lifetime == nil && tokens.refreshToken == nil && tokens.said["issued_at"] == "1678833535086")
        #expect(tokens.said["id"] == "https://login.salesforce.com/id/00Dd000000XXXXXXX/005d000000XXXXX")
        #expect(tokens.said["instance_url"] == "https://instance_name.my.salesforce.com")
        #expect(tokens.said["signature"] == "nUFHwtfIGLKDTHcLWmDBG8frv0t+HQGl/iCZFIQUarE=")
    }

    @Test func `Salesforce's answers say where its tokens may go, within its domain`() throws {
        func check(_ instance: String, _ url: String) throws {
            let origins = try salesforce.dialect.apiOrigins(for: ["instance_url": Secret(instance)])
            try origins.check(#require(URL(string: url)))
        }
        try check("https://acme.my.salesforce.com", "https://acme.my.salesforce.com/services/data/v62.0/")
        try check("https://acme.my.salesforce.com", "https://login.salesforce.com/services/oauth2/userinfo")
        #expect(throws: TokenError.self) { try check("https://acme.my.salesforce.com", "https://evil.example/") }
        #expect(throws: TokenError.self) { try check("https://evil.example", "https://evil.example/") }
        #expect(throws: TokenError.self) { try check("https://evilsalesforce.com", "https://evilsalesforce.com/") }
        #expect(throws: TokenError.self) { try salesforce.authorized("https://acme.my.salesforce.com/services/data/") }
    }

    @Test(arguments: [
        ("invalid_grant", Meaning.dead), ("inactive_user", .dead), ("inactive_org", .dead),
        ("rate_limit_exceeded", .later),
        ("invalid_client_id", .fix), ("invalid_client_credentials", .fix), ("redirect_uri_mismatch", .fix),
        ("invalid_client", .fix), ("unsupported_grant_type", .fix),
    ])
    func `Salesforce's refusals`(code: String, meaning: Meaning) throws {
        #expect(try salesforce.meaning(400, #"{"error":"\#(code)","error_description":"words"}"#) == meaning)
    }

    @Test func `Salesforce's rejections of a token are in a list`() {
        let body = #"[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]"#
        #expect(salesforce.rejects(401, body) && !salesforce.rejects(403, #"[{"errorCode":"REQUEST_LIMIT_EXCEEDED"}]"#))
        let refusal = salesforce.dialect.refusal(in: WireResponse(status: 401, body: Data(body.utf8)))
        #expect(refusal?.code == "INVALID_SESSION_ID" && refusal?.message == "Session expired or invalid")
    }

    @Test func `Salesforce's dialect conforms`() async throws { try await salesforce.conforms() }
}
