import Foundation

/// What the staff does.
extension Browser {
    /// Connects an account at a provider, on the merchant's page that is open.
    func connect(_ provider: String) async throws {
        try await follow("form[action='/connect/\(provider)'] button")
        try await follow("#allow")
        try await see("is connected")
    }

    /// Connects the merchant's account, so that orders can be paid.
    func connectPayments(at shop: RunningShop) async throws {
        try await open(shop.url("/merchant"))
        try await connect("revenue-monster")
    }

    /// The same with the password of the staff.
    func connectPaymentsAsStaff(at shop: RunningShop) async throws {
        try await enterAsStaff(at: shop)
        try await connectPayments(at: shop)
    }

    /// Gives the password, which the browser then sends by itself.
    func enterAsStaff(at shop: RunningShop) async throws {
        try await open(shop.staffURL("/merchant"))
        try await see("Merchant", in: "h1")
    }

    /// Presses a button of the operations page.
    func operate(_ button: String, at shop: RunningShop) async throws {
        try await open(shop.url("/operations"))
        try await follow("#\(button)")
    }
}
