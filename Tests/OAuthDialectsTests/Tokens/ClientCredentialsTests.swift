import Foundation
import OAuthDialects
import Testing

struct ClientCredentialsTests {
    @Test func `They are read from the environment`() throws {
        let variables = ["ACME_CLIENT_ID": "id", "ACME_CLIENT_SECRET": "canary", "OTHER": "x"]
        #expect(
            try ClientCredentials.environment("ACME", in: variables) == ClientCredentials(id: "id", secret: "canary")
        )
    }

    @Test(arguments: [
        ([:], ["ACME_CLIENT_ID", "ACME_CLIENT_SECRET"]),
        (["ACME_CLIENT_ID": "", "ACME_CLIENT_SECRET": ""], ["ACME_CLIENT_ID", "ACME_CLIENT_SECRET"]),
        (["ACME_CLIENT_ID": "id"], ["ACME_CLIENT_SECRET"]),
        (["ACME_CLIENT_SECRET": "canary"], ["ACME_CLIENT_ID"]),
        (["acme_client_id": "id", "ACME_CLIENT_SECRET": "canary"], ["ACME_CLIENT_ID"]),
    ])
    func `Each variable that is missing or empty is named, and none that is there`(
        _ variables: [String: String],
        _ missing: [String]
    ) {
        let error = tokenError { try ClientCredentials.environment("ACME", in: variables) }
        #expect(error?.code == .invalidCredentials)
        for name in ["ACME_CLIENT_ID", "ACME_CLIENT_SECRET"] {
            #expect(error?.message.contains(name) == missing.contains(name))
        }
        #expect(error?.description.contains("canary") == false)
    }

    @Test func `A public client has no secret`() {
        #expect(ClientCredentials(id: "id").secret == nil)
        #expect(ClientCredentials(id: "id") != ClientCredentials(id: "id", secret: ""))
    }

    @Test func `An account has a name that is not empty`() throws {
        #expect(tokenError { try Account("") }?.code == .invalidCredentials)
        #expect(try Account("shop 1").description == "shop 1")
        #expect(try Account("a") != Account("A"))
    }
}
