import Foundation
import Testing

/// What a buyer does.
extension Browser {
    /// Holds a seat of a showtime.
    ///
    /// - Returns: the order's path.
    @discardableResult
    func holdSeat(at shop: RunningShop, showtime: Int = 3) async throws -> String {
        try await chooseShowtime(at: shop, showtime)
        try await click("label.seat:has(input:enabled)")
        try await type("buyer@example.com", into: "input[name=email]")
        try await follow("form.booking button")
        try await see("Your seats are held", in: "h1")
        return try await url().path
    }

    /// Opens the seats of a showtime.
    func chooseShowtime(at shop: RunningShop, _ number: Int = 3) async throws {
        try await open(shop.url("/"))
        let path = try await value(of: "document.querySelectorAll('.times a')[\(number)]?.getAttribute('href')")
        try await open(shop.url(#require(path as? String)))
        try await see(element: "form.booking")
    }

    /// Goes from the order to the payment page.
    func goToPayment() async throws {
        try await follow("#pay")
        try await see("Revenue Monster sandbox")
    }

    /// Pays on the payment page.
    func payThere() async throws { try await follow("button[value=pay]") }

    /// Waits for the ticket.
    ///
    /// - Returns: what its code says.
    @discardableResult
    func seeTicket() async throws -> String {
        try await see("Enjoy the film", in: "h1")
        return try await text(".stub p")
    }
}
