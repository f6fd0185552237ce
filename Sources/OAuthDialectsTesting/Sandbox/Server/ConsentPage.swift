internal import Foundation
internal import OAuthDialects

/// The HTML pages that a served sandbox shows in the user's browser.
enum ConsentPage {
    /// The page that asks the user to allow or deny access.
    static func ask(_ wish: SandboxWish, at title: String) -> WireResponse {
        let boxes = wish.scopes.map { scope in
            "<label><input type=\"checkbox\" name=\"scope\" value=\"\(escape(scope))\" checked> <code>\(escape(scope))</code></label>"
        }
        let asks = boxes.isEmpty ? "<p>It asks for no scope.</p>" : "<fieldset>\(boxes.joined())</fieldset>"
        let host = URL(string: wish.redirectURI).flatMap { try? Origin(of: $0) }.map { "\($0)" }
        let back = host ?? String(wish.redirectURI.prefix { $0 != ":" })
        return page(
            200,
            "Sign in to \(title)",
            """
            <h1>Sign in to \(escape(title))</h1>
            <p><strong>\(escape(wish.client))</strong> would like to act for you.</p>
            <form method="post">
            \(asks)
            <div class="buttons">
            <button name="decision" value="deny" id="deny">Deny</button>
            <button name="decision" value="allow" id="allow" class="main">Allow</button>
            </div>
            </form>
            <p class="note">A sandbox on this machine: nobody’s account is behind it.<br>You go back to \(escape(back)).</p>
            """
        )
    }

    /// The page that says why the sandbox can't redirect the browser back to the client.
    static func stop(_ words: String, at title: String, status: Int) -> WireResponse {
        page(
            status,
            "\(title): this can’t go on",
            """
            <h1>This can’t go on</h1>
            <p>\(escape(words))</p>
            <p class="note">A sandbox on this machine, in the place of \(escape(title)).</p>
            """
        )
    }

    private static func page(_ status: Int, _ title: String, _ body: String) -> WireResponse {
        let html = """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(escape(title))</title>
            <style>\(style)</style>
            <main>
            \(body)
            </main>
            </html>
            """
        var response = WireResponse.html(status, html)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Content-Security-Policy"] =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response
    }

    private static func escape(_ text: String) -> String {
        let entities: [Character: String] = ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;"]
        return text.map { entities[$0] ?? String($0) }.joined()
    }

    private static let style = """
        :root { color-scheme: light dark; --back: #f4f4f5; --card: #fff; --text: #18181b; --soft: #5b5b66; --line: #d9d9de; --main: #1d4ed8; --onmain: #fff }
        @media (prefers-color-scheme: dark) {
          :root { --back: #111114; --card: #1d1d21; --text: #ededf0; --soft: #a3a3ad; --line: #3a3a42; --main: #93b4ff; --onmain: #10131c }
        }
        * { box-sizing: border-box }
        body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--back); color: var(--text); font: 16px/1.5 system-ui, sans-serif }
        main { width: 100%; max-width: 26rem; padding: 2rem; background: var(--card); border: 1px solid var(--line); border-radius: 14px }
        h1 { margin: 0 0 .5rem; font-size: 1.4rem; line-height: 1.25 }
        p { margin: .5rem 0; overflow-wrap: anywhere }
        fieldset { margin: 1rem 0 0; padding: .25rem 1rem; border: 1px solid var(--line); border-radius: 10px }
        label { display: flex; align-items: center; gap: .6rem; padding: .4rem 0 }
        input { width: 1.1rem; height: 1.1rem; margin: 0; accent-color: var(--main) }
        code { font: .95em ui-monospace, monospace; overflow-wrap: anywhere }
        .buttons { display: flex; gap: .75rem; margin: 1.25rem 0 }
        button { flex: 1; padding: .65rem 1rem; font: inherit; font-weight: 600; color: var(--text); background: none; border: 1px solid var(--line); border-radius: 10px; cursor: pointer }
        .main { color: var(--onmain); background: var(--main); border-color: var(--main) }
        button:focus-visible, input:focus-visible { outline: 3px solid var(--main); outline-offset: 2px }
        .note { margin-bottom: 0; text-wrap: pretty; font-size: .85rem; color: var(--soft) }
        """
}
