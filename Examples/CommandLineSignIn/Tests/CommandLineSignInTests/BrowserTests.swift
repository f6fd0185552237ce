import Foundation
import Testing

/// The program as it is run, and a person's clicks in Chromium.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct BrowserTests {
    @Test(arguments: ["wetix", "revenue-monster", "tiki"])
    func `Whoever allows it is signed in, and the call is authorized`(provider: String) async throws {
        let program = try Program.signIn(provider, "--rehearse", "--no-browser", "--scope", "orders")
        defer { program.kill() }
        try await Browser.run { browser in
            try await browser.open(program.url())
            #expect(try await browser.text("main").contains("sandbox-client would like to act for you."))
            try await browser.photograph("consent-\(provider)")
            try await browser.click("#allow")
            #expect(try await browser.text("main.good h1") == "You are signed in")
            #expect(try await browser.text("main.good").contains("You may close this window"))
            try await browser.photograph("signed-in-\(provider)")
        }
        let (status, words) = await program.end()
        #expect(status == 0)
        #expect(words.contains("Signed in at \(provider) as me"))
        #expect(words.contains("→ 200\n{\"name\":\"Somebody\"}"))
    }

    @Test func `Whoever denies it is not signed in, and both sides say so`() async throws {
        let program = try Program.signIn("tiki", "--rehearse", "--no-browser")
        defer { program.kill() }
        try await Browser.run { browser in
            try await browser.open(program.url())
            try await browser.click("#deny")
            #expect(try await browser.text("main.bad h1") == "You are not signed in")
            #expect(try await browser.text("main.bad").contains("You said no at tiki, and nothing was changed."))
            try await browser.photograph("denied")
        }
        let (status, words) = await program.end()
        #expect(status == 1)
        #expect(words.contains("Not signed in. signInDeclined"))
    }

    @Test func `A box that is unticked is named in both places`() async throws {
        let program = try Program.signIn("tiki", "--rehearse", "--no-browser", "--scope", "orders", "--scope", "stock")
        defer { program.kill() }
        try await Browser.run { browser in
            try await browser.open(program.url())
            try await browser.click("input[value=stock]")
            try await browser.click("#allow")
            #expect(try await browser.text("main.good").contains("Not granted: stock."))
            try await browser.photograph("fewer-scopes")
        }
        let (status, words) = await program.end()
        #expect(status == 0)
        #expect(words.contains("Not granted: stock."))
    }

    @Test(arguments: ["light", "dark"])
    func `Every page can be read, whatever the person likes`(scheme: String) async throws {
        let program = try Program.signIn("tiki", "--rehearse", "--no-browser", "--scope", "orders")
        defer { program.kill() }
        try await Browser.run { browser in
            try await browser.prefer(scheme)
            let url = try await program.url()
            try await browser.open(url.replacing("client_id=sandbox-client", with: "client_id=nobody"))
            #expect(try await browser.text("main").contains("The client is unknown."))
            try await expectContrast(in: browser, "refused-\(scheme)")
            try await browser.open(url)
            try await expectContrast(in: browser, "consent-\(scheme)")
            let callback = try #require(
                URLComponents(string: url)?.queryItems?.first { $0.name == "redirect_uri" }?.value
            )
            try await browser.open(callback + "?code=x&state=another")
            #expect(try await browser.text("main.bad h1") == "This page belongs to no sign-in")
            try await expectContrast(in: browser, "stray-\(scheme)")
            try await browser.open(url)
            try await browser.click("#allow")
            #expect(try await browser.text("main.good h1") == "You are signed in")
            try await expectContrast(in: browser, "signed-in-\(scheme)")
        }
        #expect(await program.end().status == 0)
    }

    /// Every text stands out from its card by 4.5 to 1 (WCAG 2.2, 1.4.3), and the card is as light or dark as wished.
    private func expectContrast(in browser: Browser, _ name: String) async throws {
        try await browser.photograph(name)
        let lowest = try await browser.value(of: Self.contrast) as? Double
        #expect(try #require(lowest) >= 4.5, "\(name)")
        let isDark = try await browser.value(of: Self.isDark) as? Bool
        #expect(isDark == name.hasSuffix("dark"), "\(name)")
        #expect(try await browser.value(of: "document.body.scrollWidth <= window.innerWidth") as? Bool == true)
    }

    private static let luminance = """
        const light = text => {
          const [r, g, b] = text.match(/[0-9.]+/g).map(c => c / 255).map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
          return .2126 * r + .7152 * g + .0722 * b;
        };
        """

    private static let contrast = """
        (() => { \(luminance)
          const ground = e => { const c = getComputedStyle(e).backgroundColor; return c === 'rgba(0, 0, 0, 0)' ? ground(e.parentElement) : c };
          return Math.min(...[...document.querySelectorAll('h1, p, strong, code, button')].map(e => {
            const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((a, b) => b - a);
            return (a + .05) / (b + .05);
          }));
        })()
        """

    private static let isDark =
        "(() => { \(luminance) return light(getComputedStyle(document.body).backgroundColor) < .2 })()"
}
