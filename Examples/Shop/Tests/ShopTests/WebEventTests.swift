import Hummingbird
import HummingbirdTesting
import ShopCore
import Testing

@Suite(.timeLimit(.minutes(1))) struct WebEventTests {
    @Test(arguments: [false, true])
    func `A page that is open follows its order to the end`(_ live: Bool) async throws {
        let site = try WebTestSite()
        try await site.run(live: live) { browser async throws in
            let path = try await browser.order()
            async let answer = browser.get("\(path)/events")
            let id = try #require(await site.shop.followed.first { _ in true })
            site.shop.set(id) { $0.state = .paid }
            site.shop.set(id) { order in
                order.state = .booked
                order.points = 37
            }
            let events = try await answer
            #expect(events.headers[.contentType] == "text/event-stream")
            #expect(events.text.contains("Your seats are held"))
            #expect(events.text.contains("We are getting your ticket"))
            #expect(events.text.contains("37 points") && events.text.contains("data-over"))
            #expect(events.text.split(separator: "\n").allSatisfy { $0.hasPrefix("data: ") || $0.hasPrefix("retry: ") })
        }
    }
}
