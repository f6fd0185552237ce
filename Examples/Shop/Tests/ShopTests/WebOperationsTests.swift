import Hummingbird
import HummingbirdTesting
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct WebOperationsTests {
    @Test func `The page says what each session waits for, and what failed last`() async throws {
        let site = try WebTestSite(embedded: true)
        await #expect(throws: TokenError.self) { try await site.merchant.accessToken() }
        try await site.run(live: true) { browser async throws in
            let text = try await browser.get("/operations").text
            #expect(text.contains("Waits for somebody to connect the account"))
            #expect(text.contains("Last failure") && text.contains("Nobody has signed in yet"))
            #expect(!text.contains("Waiting callers"))
        }
    }

    @Test func `The page counts the callers who wait, and says to screen readers how each session is`() async throws {
        let site = try WebTestSite(embedded: true)
        try await site.merchant.signIn(with: site.tiki.issueCode(scopes: ["order", "offline"]))
        site.tiki.holdAnswers()
        let renewal = Task { try await site.merchant.renew() }
        while site.merchant.status.waitingCallers == 0 { await Task.yield() }
        try await site.run(live: true) { browser async throws in
            let text = try await browser.get("/operations").text
            #expect(text.contains("<dt>Waiting callers</dt><dd>1</dd>"))
            #expect(text.contains("Renewing now"))
            #expect(text.contains(#"aria-live="polite">Account “merchant”: Working."#))
        }
        site.tiki.releaseAnswers()
        _ = try await renewal.value
    }
}
