import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

struct SellerTests {
    let sandbox = ProviderSandbox(.tiki)
    let session: TokenSession

    init() throws {
        sandbox.stub("GET", "/orders", json: #"{"items":["A-1","A-2"]}"#)
        let seller = Identity.user(try Account("seller-7"), scopes: ["order"])
        session = sandbox.session(identity: seller)
    }

    @Test func nobodyHasSignedIn() async {
        let service = OrderService(session: session, root: sandbox.baseURL)
        let error = await #expect(throws: TokenError.self) { try await service.orders() }
        #expect(error?.action == .signIn)
    }
}
