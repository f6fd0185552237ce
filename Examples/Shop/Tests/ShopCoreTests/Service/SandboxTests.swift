import Foundation
import OAuthDialects
import RevenueMonsterSigning
import ShopCore
import ShopSandboxes
import Testing

/// The shop's core against the providers' sandboxes on loopback, by the system's clock.
@Suite(.timeLimit(.minutes(2))) struct SandboxTests {
    @Test func `Seats are bought, with every request as documented`() async throws {
        try await withShop { shop, sandboxes in
            let order = try await order(of: shop)
            let page = try #require(try await shop.pay(order.id, of: "browser").attempts.last?.checkoutURL)
            try await decide("pay", on: page)
            await shop.check(order.id)
            let booked = try #require(await wait(for: order.id, at: shop) { $0.points != nil })
            #expect(booked.state == .booked)
            #expect(booked.ticket?.isEmpty == false)
            #expect(sandboxes.payments().map(\.amount) == [order.amount.sen])
            #expect(sandboxes.points(of: order.email) == order.amount.sen / 100)
            for name in sandboxes.names { #expect(sandboxes.complaints(name).isEmpty, "\(name)") }
        }
    }

    @Test func `A page that the buyer cancels leads to a second attempt, and a failing cinema to a refund`()
        async throws
    {
        try await withShop { shop, sandboxes in
            sandboxes.failsBookings = true
            let order = try await order(of: shop)
            let first = try #require(try await shop.pay(order.id, of: "browser").attempts.last?.checkoutURL)
            try await decide("cancel", on: first)
            await shop.check(order.id)
            #expect(await wait(for: order.id, at: shop) { $0.state == .held } != nil)
            let second = try #require(try await shop.pay(order.id, of: "browser").attempts.last?.checkoutURL)
            #expect(second != first)
            // Nobody reports the payment: the timer finds it.
            try await decide("pay", on: second)
            let refunded = try #require(await wait(for: order.id, at: shop) { $0.state == .refunded })
            #expect(refunded.attempts.map(\.state) == [.over, .paid])
            #expect(sandboxes.payments().map(\.status) == ["FULL_REFUNDED"])
        }
    }

    @Test func `Cancelled seats are free again`() async throws {
        try await withShop { shop, _ in
            let order = try await order(of: shop)
            let taken = try await shop.seatPlan(of: order.showtime.id).seats.filter { order.seats.contains($0.name) }
            #expect(taken.map(\.isFree) == [false, false])
            _ = try await shop.cancel(order.id, of: "browser")
            #expect(await wait(for: order.id, at: shop) { $0.dueAt == .distantFuture } != nil)
            let free = try await shop.seatPlan(of: order.showtime.id).seats.filter { order.seats.contains($0.name) }
            #expect(free.map(\.isFree) == [true, true])
        }
    }

    private func withShop(_ body: (Shop, Sandboxes) async throws -> Void) async throws {
        let folder = try Folder()
        defer { folder.remove() }
        var settings = Sandboxes.Settings()
        settings.folder = folder.url
        let sandboxes = try await Sandboxes.start(settings) { KopiDialect(root: $0) }
        let shop = try shop(sandboxes.directory, sandboxes.directoryFile)
        let run = Task { await shop.run() }
        do { try await body(shop, sandboxes) } catch { Issue.record(error) }
        run.cancel()
        await run.value
        await sandboxes.stop()
    }

    private func shop(_ directory: SandboxDirectory, _ file: URL) throws -> Shop {
        func root(_ name: String) throws -> URL { try #require(directory.providers[name]?.url) }
        func source(_ name: String) -> FileCredentials { FileCredentials(file, provider: name) }
        let (weTix, payments, kopi) = try (root("wetix"), root("revenue-monster"), root("kopi"))
        let merchant = TokenSession(
            dialect: .revenueMonster(.custom(payments)),
            credentials: source("revenue-monster"),
            signer: RevenueMonsterSigner(key: try RSASigningKey(pem: directory.merchantPrivateKey))
        )
        return Shop(
            ShopSettings(
                publicURL: try #require(URL(string: "http://127.0.0.1:9")),
                weTixAPI: weTix.appending(path: "graphql"),
                revenueMonsterAPI: payments,
                tikiAPI: try root("tiki"),
                kopiAPI: kopi,
                storeID: directory.storeID,
                weTixKey: try RSASigningKey(pem: directory.weTixPrivateKey),
                weTixClientID: try #require(directory.providers["wetix"]?.clientID),
                weTixCredentials: source("wetix"),
                revenueMonsterKey: try RSAVerifyingKey(pem: directory.revenueMonsterServerPublicKey)
            ),
            wetix: TokenSession(dialect: .weTix(.custom(weTix)), credentials: source("wetix")),
            payments: { merchant },
            rewards: TokenSession(dialect: KopiDialect(root: kopi), credentials: source("kopi")),
            store: InMemoryShopStore()
        )
    }

    /// An order of two seats of tomorrow's last showtime.
    private func order(of shop: Shop) async throws -> Order {
        let showtime = try #require(try await shop.showtimes().last)
        let plan = try await shop.seatPlan(of: showtime.id)
        return try await shop.order(
            seats: plan.seats.filter(\.isFree).prefix(2).map(\.id),
            in: plan.sessionKey,
            of: showtime.id,
            email: "buyer@example.com",
            browser: "browser"
        )
    }

    /// What the buyer does on the payment page.
    private func decide(_ decision: String, on page: URL) async throws {
        let transport: any WireTransport = .system
        let body = WireBody.form([WireField("decision", decision)])
        let answer = try await transport.send(WireRequest("POST", page, body: body), .api)
        #expect(answer.status == 303)
    }

    private func wait(for id: Order.ID, at shop: Shop, where condition: (Order) -> Bool) async -> Order? {
        for await order in shop.changes(of: id) where condition(order) { return order }
        return nil
    }
}
