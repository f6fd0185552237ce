import Foundation

/// The HTML of a hosted checkout page.
enum CheckoutPage {
    static let path = "/v4/checkout"

    static func url(of id: String, at root: URL) -> URL {
        root.appending(path: path).appending(queryItems: [URLQueryItem(name: "checkoutId", value: id)])
    }

    /// The page of a checkout: three buttons while it can be paid, and how it ended afterwards.
    static func html(of checkout: Checkout) -> String {
        let order = checkout.request.order
        let amount = "RM \(order.amount / 100).\(String(format: "%02d", order.amount % 100))"
        guard checkout.status == .pending else {
            let words = [
                Checkout.Status.success: "This order is paid.", .failed: "The payment failed.",
                .cancelled: "The payment was cancelled.", .expired: "The time for this payment is over.",
            ]
            return page(
                words[checkout.status] ?? "",
                """
                <p role="status">\(escape(order.title)), \(amount)</p>
                <p><a class="main" id="back" href="\(escape(checkout.redirect))">Back to the shop</a></p>
                """
            )
        }
        return page(
            "Pay \(amount)",
            """
            <p>\(escape(order.title))</p>
            <p class="note">Order \(escape(order.id))</p>
            <form method="post">
            <button name="decision" value="pay" id="pay" class="main">Pay \(amount)</button>
            <div class="buttons">
            <button name="decision" value="fail" id="fail">Let it fail</button>
            <button name="decision" value="cancel" id="cancel">Cancel</button>
            </div>
            </form>
            <p class="note">Until <time datetime="\(checkout.endAt.rfc3339)">\(time(checkout.endAt)) UTC</time>.
            A sandbox on this machine: no money moves.</p>
            """
        )
    }

    /// The page for an id that no checkout has.
    static let notFound = page(
        "There is no such payment",
        "<p>The address is incomplete, or the sandbox has been restarted.</p>"
    )

    /// The page while the provider is switched off.
    static let down = page("Not available", "<p>The payment provider can’t be reached. Try again later.</p>")

    private static func time(_ date: Date) -> String {
        date.formatted(.iso8601.time(includingFractionalSeconds: false)).replacing("Z", with: "")
    }

    private static func page(_ title: String, _ body: String) -> String {
        """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(escape(title)) – Revenue Monster sandbox</title>
        <style>\(style)</style>
        <main>
        <p class="note">Revenue Monster sandbox</p>
        <h1>\(escape(title))</h1>
        \(body)
        </main>
        </html>
        """
    }

    private static func escape(_ text: String) -> String {
        let entities: [Character: String] = ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;"]
        return text.map { entities[$0] ?? String($0) }.joined()
    }

    private static let style = """
        :root { color-scheme: light dark; --back: #f4f4f5; --card: #fff; --text: #18181b; --soft: #5b5b66; --line: #d9d9de; --main: #0f6b4f; --onmain: #fff }
        @media (prefers-color-scheme: dark) {
          :root { --back: #111114; --card: #1d1d21; --text: #ededf0; --soft: #a3a3ad; --line: #3a3a42; --main: #6fd6b0; --onmain: #06231a }
        }
        * { box-sizing: border-box }
        body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--back); color: var(--text); font: 16px/1.5 system-ui, sans-serif }
        main { width: 100%; max-width: 24rem; padding: 2rem; background: var(--card); border: 1px solid var(--line); border-radius: 14px }
        h1 { margin: 0 0 .5rem; font-size: 1.5rem; line-height: 1.25 }
        p { margin: .5rem 0; overflow-wrap: anywhere }
        form { margin: 1.25rem 0 }
        .buttons { display: flex; gap: .75rem; margin-top: .75rem }
        button, a.main { display: block; width: 100%; padding: .65rem 1rem; font: inherit; font-weight: 600; text-align: center; text-decoration: none; color: var(--text); background: none; border: 1px solid var(--line); border-radius: 10px; cursor: pointer }
        .main, a.main { color: var(--onmain); background: var(--main); border-color: var(--main) }
        button:focus-visible, a:focus-visible { outline: 3px solid var(--main); outline-offset: 2px }
        .note { font-size: .85rem; color: var(--soft) }
        """
}
