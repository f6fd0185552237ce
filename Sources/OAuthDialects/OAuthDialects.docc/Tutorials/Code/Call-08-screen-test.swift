import Foundation
import OAuthDialects
import OAuthDialectsTesting
import OAuthProviders
import Testing

struct OrderScreenTests {
    let sandbox = ProviderSandbox(.tiki)
    let screen: OrderScreen

    init() {
        sandbox.stub("GET", "/orders", json: #"{"items":["A-1","A-2"]}"#)
        screen = OrderScreen(service: OrderService(session: sandbox.session(), root: sandbox.baseURL))
    }

    @Test func outage() async {
        sandbox.fail(with: .serviceUnavailable(retryAfter: .seconds(60)))
        #expect(await screen.text() == "The service can't answer right now. Please try again in a moment.")
        sandbox.recover()
        sandbox.advance(by: .seconds(60))
        #expect(await screen.text() == "A-1, A-2")
    }
}
