import Foundation
import Testing

extension ShopInBrowser {
    /// What a browser must not see.
    struct BoundaryTests {
        @Test func `An order belongs to one browser`() async throws {
            try await RunningShop.run { shop in
                try await Browser.run { mine in
                    let order = try await mine.holdSeat(at: shop)
                    try await Browser.run { other in
                        try await other.open(shop.url(order))
                        #expect(try await other.status() == 404)
                        try await other.see("Nothing is showing here", in: "h1")
                        try await other.open(shop.url("/orders"))
                        try await other.see("You have no orders yet.")
                    }
                    try await mine.open(shop.url("/orders"))
                    try await mine.see("Seats held")
                }
            }
        }

        @Test func `A cookie that was tampered with names nobody`() async throws {
            try await RunningShop.run { shop in
                try await Browser.run { browser in
                    let order = try await browser.holdSeat(at: shop)
                    let cookie = try #require(try await browser.cookie("shop"))
                    #expect(cookie["httpOnly"] as? Bool == true)
                    #expect(cookie["sameSite"] as? String == "Lax")
                    let value = try #require(cookie["value"] as? String)
                    let swapped = value.hasPrefix("A") ? "B" : "A"
                    try await browser.setCookie("shop", to: swapped + value.dropFirst())
                    try await browser.open(shop.url(order))
                    #expect(try await browser.status() == 404)
                    try await browser.open(shop.url("/orders"))
                    try await browser.see("You have no orders yet.")
                    let fresh = try await browser.cookie("shop")?["value"] as? String
                    #expect(fresh?.dropFirst() != value.dropFirst())
                    try await browser.setCookie("shop", to: value)
                    try await browser.open(shop.url(order))
                    try await browser.see("Your seats are held", in: "h1")
                }
            }
        }

        @Test func `The pages of the staff need the password`() async throws {
            try await RunningShop.run { shop, _ in
                try await Browser.run { browser in
                    try await browser.open(shop.url("/"))
                    #expect(try await browser.count("a[href='/merchant']") == 0)
                    let expression = "fetch('/operations', {credentials: 'omit'}).then(r => r.status)"
                    #expect(try await browser.value(of: expression) as? Int == 401)
                    try await browser.enterAsStaff(at: shop)
                    try await browser.open(shop.url("/operations"))
                    try await browser.see("Operations", in: "h1")
                }
            }
        }
    }
}
