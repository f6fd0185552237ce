import CryptoExtras
import Foundation
import OAuthDialects
import Providers
import Testing

struct GitHubAppTests {
    private let installation = Example(
        GitHubAppDialect(installation: "1234"),
        date: Date(timeIntervalSince1970: 1_468_271_650),
        (
            .clientCredentials(),
            """
            POST https://api.github.com/app/installations/1234/access_tokens
            Accept: application/vnd.github+json
            X-GitHub-Api-Version: 2022-11-28
            """
        )
    )

    private let gitHub = Example(
        GitHubAppDialect(),
        // The page names these fields without an example; GitHub's own SDK sends them as well.
        (
            .code(redirectURI: "https://app.example/callback"),
            """
            POST https://github.com/login/oauth/access_token
            \(form)
            Accept: application/json

            client_id=CLIENT_ID&client_secret=CLIENT_SECRET&code=CODE&redirect_uri=https%3A%2F%2Fapp.example%2Fcallback
            """
        ),
        (
            .refresh("r1.token"),
            """
            POST https://github.com/login/oauth/access_token
            \(form)
            Accept: application/json

            client_id=CLIENT_ID&client_secret=CLIENT_SECRET&grant_type=refresh_token&refresh_token=r1.token
            """
        )
    )

    @Test func `GitHub's requests`() async throws {
        try gitHub.sendsWhatIsDocumented()
        try installation.sendsWhatIsDocumented()
        let signIn = try await gitHub.signIn()
        #expect(signIn.address == "https://github.com/login/oauth/authorize" && signIn.fields["code_challenge"] == nil)
        let revocation = try gitHub.revocation()
        #expect(revocation.line == "DELETE https://api.github.com/applications/CLIENT_ID/token")
        #expect(revocation.fields == ["access_token=ACCESS"])
        #expect(installation.dialect.name == "github-app-1234" && gitHub.dialect.name == "github-app")
        let tokens = try TokenSet(accessToken: "ACCESS")
        #expect(try installation.dialect.revocationRequest(for: tokens, by: installation.client) == nil)
        #expect(basic().hasSuffix(try #require(revocation.headers["authorization"])))
    }

    @Test func `GitHub's app authenticates with a signed token of ten minutes`() throws {
        let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        let signer = try GitHubAppSigner(pem: Secret(key.pemRepresentation))
        let request = try installation.dialect.request(for: installation.exchange())
        let header = try #require(signer.signed(request, for: .token(installation.exchange())).headers["Authorization"])
        let parts = header.dropFirst(7).split(separator: ".")
        let texts = parts.map { Data(base64URL: $0) ?? Data() }
        #expect(header.hasPrefix("Bearer ") && parts.count == 3 && !header.contains { "+/=".contains($0) })
        #expect(String(decoding: texts[0], as: UTF8.self) == #"{"alg":"RS256","typ":"JWT"}"#)
        let claims = try #require(try JSONSerialization.jsonObject(with: texts[1]) as? [String: Any])
        #expect(claims["iss"] as? String == "CLIENT_ID" && claims["iat"] as? Int == 1_468_271_590)
        #expect(claims["exp"] as? Int == 1_468_272_190)
        let signature = _RSA.Signing.RSASignature(rawRepresentation: texts[2])
        let signed = Data("\(parts[0]).\(parts[1])".utf8)
        #expect(key.publicKey.isValidSignature(signature, for: signed, padding: .insecurePKCS1v1_5))
        let user = try gitHub.dialect.request(for: gitHub.exchange(.code()))
        #expect(try signer.signed(user, for: .token(gitHub.exchange(.code()))).headers["Authorization"] == nil)
    }

    @Test func `GitHub's answers: an installation's and a user's`() throws {
        let app = try installation.tokens(
            #"""
            {"token":"ghs_16C7e42F292c6912E7710c838347Ae178B4a","expires_at":"2016-07-11T22:14:10Z",
            "permissions":{"issues":"write","contents":"read"},"repository_selection":"selected",
            "repositories":[{"id":1296269,"name":"Hello-World"}]}
            """#
        )
        #expect(app.accessToken == "ghs_16C7e42F292c6912E7710c838347Ae178B4a")
        #expect(app.lifetime == .seconds(3600) && app.said == ["repository_selection": "selected"])
        let user = try gitHub.tokens(
            #"""
            {"access_token":"secret456","scope":"","token_type":"bearer","expires_in":28800,"refresh_token":"r1.token456",
            "refresh_token_expires_in":15897600}
            """#,
            for: .code()
        )
        #expect(user.accessToken == "secret456" && user.refreshToken?.value == "r1.token456")
        #expect(user.lifetime == .seconds(28800) && user.refreshTokenLifetime == .seconds(15_897_600))
        #expect(gitHub.dialect.conventions.refreshTokenRotation == .rotates)
    }

    @Test(arguments: [
        ("bad_refresh_token", Meaning.dead), ("bad_verification_code", .dead), ("incorrect_client_credentials", .fix),
        ("redirect_uri_mismatch", .fix), ("unsupported_grant_type", .fix), ("unverified_user_email", .unknown),
    ])
    func `GitHub's refusals, at status 200`(code: String, meaning: Meaning) throws {
        #expect(
            try gitHub.meaning(200, #"{"error":"\#(code)","error_description":"words"}"#, for: .refresh()) == meaning
        )
    }

    @Test func `GitHub's rejections of a token`() {
        #expect(gitHub.rejects(401, #"{"message":"Bad credentials"}"#) && !gitHub.rejects(404))
    }

    @Test func `GitHub's dialect conforms`() async throws {
        try await gitHub.conforms()
        let signer = try GitHubAppSigner(pem: Secret(_RSA.Signing.PrivateKey(keySize: .bits2048).pemRepresentation))
        try await installation.conforms(signedBy: signer)
    }
}

extension Data {
    fileprivate init?(base64URL text: some StringProtocol) {
        let standard = String(text).replacing("-", with: "+").replacing("_", with: "/")
        self.init(base64Encoded: standard + String(repeating: "=", count: (4 - standard.count % 4) % 4))
    }
}
