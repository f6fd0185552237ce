import Foundation
import Logging
import OAuthDialects
import OAuthProviders
import SessionObservability
import ShopCore
import ShopSandboxes

/// Assembles the shop with its providers, its stores, and its site.
struct ShopAssembly: Sendable {
    static let merchant = "merchant"

    let providers: Providers
    private let shop: Shop
    private let stores: Stores
    private let plan: ProviderPlan
    private let log = EventLog()
    private let settings: Settings
    private let folder: ShopFolder
    private let sandboxes: Sandboxes?
    private let publicURL: PublicURL
    private let account: Account

    init(
        _ settings: Settings,
        _ folder: ShopFolder,
        _ sandboxes: Sandboxes?,
        _ publicURL: PublicURL,
        _ logger: Logger
    ) async throws {
        (self.settings, self.folder, self.sandboxes, self.publicURL) = (settings, folder, sandboxes, publicURL)
        account = try Account(Self.merchant)
        plan = try await Self.plan(settings, sandboxes, publicURL, account)
        stores = try await Stores.open(settings, folder, logger)
        providers = try Self.providers(plan, stores.tokens, log)
        let (providers, account) = (providers, account)
        shop = Shop(
            plan.shop,
            wetix: try providers["wetix"],
            payments: { try providers.session(ProviderPlan.revenueMonster, account: account) },
            rewards: try providers["kopi"],
            store: stores.shop,
            onAlert: { logger.error("\($0)") }
        )
    }

    /// Works until its task is cancelled, and ends the work at hand.
    func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await providers.run() }
            group.addTask { await shop.run() }
        }
    }

    func site() throws -> Site {
        let (providers, account, log, plan, store) = (providers, account, log, plan, stores.shop)
        return try Site(
            shop: shop,
            store: store,
            connections: [
                Connection(
                    name: ProviderPlan.revenueMonster,
                    title: "Revenue Monster",
                    purpose: "Takes the buyers’ payments, and gives refunds. Without it, nobody can pay.",
                    session: { try providers.session(ProviderPlan.revenueMonster, account: account) }
                ),
                Connection(
                    name: "tiki",
                    title: "Tiki",
                    purpose: "Lists the orders of the merchant’s own store in the marketplace.",
                    session: { try providers.session("tiki", account: account) }
                ),
            ],
            merchantOrders: {
                let session = try providers.session("tiki", account: account)
                return try await MerchantOrders(session: session, api: plan.shop.tikiAPI).recent().map(
                    MerchantOrder.init
                )
            },
            operations: Operations(
                sessions: { WatchedSession.all(in: providers.status) },
                log: log,
                sandboxes: sandboxes,
                titles: ProviderPlan.titles
            ),
            health: { await HealthReport.now(providers.status, store) },
            publicURL: publicURL,
            cookies: BrowserCookie(key: try folder.cookieKey(settings.cookieKey), isSecure: publicURL.isSecure),
            staff: StaffAccess(
                password: settings.staffPassword?.revealed,
                embedded: sandboxes != nil,
                publicURL: publicURL
            )
        )
    }

    private static func plan(
        _ settings: Settings,
        _ sandboxes: Sandboxes?,
        _ publicURL: PublicURL,
        _ merchant: Account
    ) async throws -> ProviderPlan {
        switch settings.source {
        case .configured:
            try await .configured(by: settings.environment, publicURL: publicURL, merchant: merchant)
        case .directory(let file): try ProviderPlan(sandboxes: file, publicURL: publicURL, merchant: merchant)
        case .embedded:
            try ProviderPlan(
                sandboxes: sandboxes?.directoryFile ?? settings.folder,
                publicURL: publicURL,
                merchant: merchant
            )
        }
    }

    private static func providers(_ plan: ProviderPlan, _ store: any TokenStore, _ log: EventLog) throws -> Providers {
        let logger = Logger(label: "oauth")
        var settings = plan.providers
        for index in settings.indices {
            settings[index].transport = TracedTransport(provider: settings[index].name)
        }
        let telemetry = Dictionary(
            uniqueKeysWithValues: settings.map { ($0.name, SessionTelemetry(provider: $0.name, logger: logger)) }
        )
        return try Providers(settings, store: store) { provider, event in
            telemetry[provider]?.record(event)
            log.record(event, of: provider, account: event.metadata["account"])
        }
    }
}
