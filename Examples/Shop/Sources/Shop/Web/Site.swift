import Foundation
import Hummingbird
import ShopCore

/// What the web server serves: pages for buyers, webhooks for providers, and pages for the staff.
package struct Site: Sendable {
    let shop: any ShopService
    let store: any ShopStore
    let connections: [Connection]
    let merchantOrders: @Sendable () async throws -> [MerchantOrder]
    let operations: Operations
    let health: @Sendable () async -> HealthReport
    let publicURL: PublicURL
    let cookies: BrowserCookie
    let staff: StaffAccess
    let now: @Sendable () -> Date
    let pages: Pages
    let assets: Assets
    let orderForms = OneAtATime()

    /// Creates a site.
    ///
    /// - Parameters:
    ///   - shop: sells tickets.
    ///   - store: keeps sign-ins that have begun.
    ///   - connections: the merchant's accounts.
    ///   - merchantOrders: the marketplace's orders.
    ///   - operations: what the operations page shows and does.
    ///   - health: what `/health` answers.
    ///   - publicURL: where browsers reach the site.
    ///   - cookies: names browsers.
    ///   - staff: who may see the pages of the staff.
    ///   - now: the wall clock.
    /// - Throws: an error if a template or an asset can't be read.
    package init(
        shop: any ShopService,
        store: any ShopStore,
        connections: [Connection],
        merchantOrders: @escaping @Sendable () async throws -> [MerchantOrder],
        operations: Operations,
        health: @escaping @Sendable () async -> HealthReport,
        publicURL: PublicURL,
        cookies: BrowserCookie,
        staff: StaffAccess,
        now: @escaping @Sendable () -> Date = { Date() }
    ) throws {
        let folder = Bundle.module.bundleURL
        (self.shop, self.store, self.connections, self.merchantOrders) = (shop, store, connections, merchantOrders)
        (self.operations, self.health, self.publicURL, self.cookies) = (operations, health, publicURL, cookies)
        (self.staff, self.now) = (staff, now)
        assets = try Assets(folder: folder.appending(path: "Assets"))
        pages = try Pages(folder: folder.appending(path: "Templates"), version: assets.version)
    }
}
