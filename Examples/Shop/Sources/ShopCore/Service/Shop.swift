import Foundation
public import OAuthDialects
import RevenueMonsterSigning

/// A ticket shop: WeTix has the seats, Revenue Monster takes the money, and a rewards program credits points.
///
/// Every step of an order is stored before it is performed, by a task of ``run()`` or of the caller if that is not running, and in
/// one process at a time: another one takes over when a claim ends. See ``OrderMachine`` for what happens when.
public final class Shop: ShopService {
    let settings: ShopSettings
    let machine: OrderMachine
    let cinema: WeTixCinema
    let payments: RevenueMonsterPayments
    let rewards: KopiRewards
    let catalogue: Catalogue
    let store: any ShopStore
    let clock: any SessionClock
    let alert: @Sendable (String) -> Void
    let queue = WorkQueue()
    let board = OrderBoard()
    /// This process's name in claims.
    let name = RandomName.text(16)

    /// Creates a shop.
    ///
    /// - Parameters:
    ///   - settings: where the providers are.
    ///   - wetix: the app's session at WeTix.
    ///   - payments: the merchant's session at Revenue Monster; throws if there is none.
    ///   - rewards: the app's session at the rewards program.
    ///   - store: keeps the orders.
    ///   - clock: the system's clocks, or a test's.
    ///   - onAlert: receives what the staff has to know, without secrets.
    public init(
        _ settings: ShopSettings,
        wetix: TokenSession,
        payments: @escaping @Sendable () throws -> TokenSession,
        rewards: TokenSession,
        store: any ShopStore,
        clock: any SessionClock = .system,
        onAlert: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.settings = settings
        var rules = OrderMachine.Rules()
        rules.checkoutLifetime = settings.checkoutLifetime.seconds
        machine = OrderMachine(rules: rules)
        cinema = WeTixCinema(
            session: wetix,
            api: settings.weTixAPI,
            clientID: settings.weTixClientID,
            key: settings.weTixKey,
            clock: clock
        )
        self.payments = RevenueMonsterPayments(
            session: payments,
            api: settings.revenueMonsterAPI,
            queue: LookupQueue(clock: clock)
        )
        self.rewards = KopiRewards(session: rewards, api: settings.kopiAPI)
        catalogue = Catalogue(cinema: cinema, clock: clock)
        self.store = store
        self.clock = clock
        alert = onAlert
    }

    public func order(_ id: Order.ID, of browser: String) async throws -> Order? {
        guard let order = try await store.order(id), order.browser == browser else { return nil }
        return order
    }

    public func orders(of browser: String) async throws -> [Order] {
        try await store.orders(of: browser, limit: 50)
    }

    /// Changes an order, again if somebody else changed it meanwhile, and tells those who watch it.
    ///
    /// - Returns: the order as stored and what the body returned; `nil` if there is no such order.
    func change<Value>(
        _ id: Order.ID,
        _ body: (inout Order) throws -> Value
    ) async throws -> (order: Order, value: Value)? {
        while let before = try await store.order(id) {
            var after = before
            let value = try body(&after)
            if after == before { return (before, value) }
            after.version = before.version + 1
            guard try await store.replace(after) else { continue }
            board.post(id)
            return (after, value)
        }
        return nil
    }
}

/// Names that nobody can guess.
enum RandomName {
    private static let letters = Array("0123456789abcdefghjkmnpqrstvwxyz")

    /// A text of 5 bits a letter, by the system's generator.
    static func text(_ count: Int) -> String {
        String((0..<count).map { _ in letters[Int.random(in: 0..<32)] })
    }
}
