import Foundation
import OAuthDialects
import OAuthDialectsTesting
import ShopCore
import Synchronization

/// A shop, its providers in memory, and a clock that a test moves.
final class Rig: Sendable {
    let clock = TestClock()
    let cinema = FakeCinema()
    let payments = FakePayments()
    let weTix: ProviderSandbox
    let revenueMonster: ProviderSandbox
    let kopi: ProviderSandbox
    let store: any ShopStore
    let keys: Keys
    let shop: Shop
    private let heard = Heard()

    init(_ store: any ShopStore = InMemoryShopStore(), isConnected: Bool = true) throws {
        self.store = store
        keys = try Keys.shared.get()
        weTix = ProviderSandbox(.weTix, baseURL: URL(string: "https://wetix.example")!, clock: clock)
        revenueMonster = ProviderSandbox(.revenueMonster, baseURL: URL(string: "https://rm.example")!, clock: clock)
        let root = URL(string: "https://kopi.example")!
        kopi = ProviderSandbox(.speaking(KopiDialect(root: root)), baseURL: root, clock: clock)
        cinema.serve(on: weTix)
        payments.serve(on: revenueMonster)
        kopi.stub("POST", "/v1/points") { request in
            .json(#"{"data":{"points":\#(request.json?["points"] as? Int ?? 0)}}"#)
        }
        let identity: Identity = isConnected ? .client() : .user(try Account("merchant"))
        let merchant = revenueMonster.session(identity: identity)
        shop = Self.shop(store, clock, weTix, merchant, kopi, root, keys) { [heard] in heard.append($0) }
    }

    /// What the staff was told.
    var alerts: [String] { heard.texts.withLock { $0 } }

    /// Another process on the same store.
    func another() -> Shop {
        Self.shop(store, clock, weTix, revenueMonster.session(), kopi, kopi.baseURL, keys) { _ in }
    }

    private static func shop(
        _ store: any ShopStore,
        _ clock: TestClock,
        _ weTix: ProviderSandbox,
        _ merchant: TokenSession,
        _ kopi: ProviderSandbox,
        _ root: URL,
        _ keys: Keys,
        _ onAlert: @escaping @Sendable (String) -> Void
    ) -> Shop {
        let settings = ShopSettings(
            publicURL: URL(string: "https://panggung.example")!,
            weTixAPI: weTix.url("/graphql"),
            revenueMonsterAPI: URL(string: "https://rm.example")!,
            tikiAPI: URL(string: "https://tiki.example")!,
            kopiAPI: root,
            storeID: "store-1",
            weTixKey: keys.signing,
            weTixClientID: weTix.credentials.id,
            weTixCredentials: weTix.credentials,
            revenueMonsterKey: keys.verifying
        )
        return Shop(
            settings,
            wetix: weTix.session(),
            payments: { merchant },
            rewards: kopi.session(dialect: KopiDialect(root: root)),
            store: store,
            clock: clock,
            onAlert: onAlert
        )
    }

    /// An order of two seats.
    func order(browser: String = "browser") async throws -> Order {
        try await shop.order(
            seats: ["s7", "s8"],
            in: "session-1",
            of: "showtime-1",
            email: "buyer@example.com",
            browser: browser
        )
    }

    /// An order whose payment page is open.
    func open() async throws -> Order { try await shop.pay(order().id, of: "browser") }

    /// Lets time pass whenever somebody waits for it, until the task is cancelled.
    func letTimePass() async {
        while (try? await clock.waitForSleepers()) != nil { clock.advance(by: .seconds(1)) }
    }

    /// The order as it is stored.
    func stored(_ id: Order.ID) async throws -> Order? { try await store.order(id) }
}

/// What a shop told its staff.
final class Heard: Sendable {
    let texts = Mutex<[String]>([])

    var count: Int { texts.withLock { $0.count } }

    func append(_ text: String) { texts.withLock { $0.append(text) } }
}
