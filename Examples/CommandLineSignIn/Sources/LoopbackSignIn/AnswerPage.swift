import FlyingFox
import Foundation
import OAuthDialects

/// The last page of a sign-in, as the browser shows it.
struct AnswerPage {
    enum Mood: String {
        case good
        case bad
    }

    let status: HTTPStatusCode
    let mood: Mood
    let title: String
    let lines: [String]

    /// Somebody signed in; names what was asked for and not granted.
    static func signedIn(_ status: SessionStatus) -> Self {
        let missing = status.missingScopes.joined(separator: ", ")
        return Self(
            status: .ok,
            mood: .good,
            title: "You are signed in",
            lines: (missing.isEmpty ? [] : ["Not granted: \(missing)."])
                + ["You may close this window and go back to the terminal."]
        )
    }

    /// Nobody signed in, and why, in words that hold no secret.
    static func failed(_ error: any Error, at provider: String) -> Self {
        let close = "You may close this window; the terminal says more."
        guard let error = error as? TokenError else {
            return Self(status: .serviceUnavailable, mood: .bad, title: "You are not signed in", lines: [close])
        }
        if error.code == .signInDeclined {
            let words = "You said no at \(provider), and nothing was changed."
            return Self(status: .ok, mood: .bad, title: "You are not signed in", lines: [words, close])
        }
        return Self(
            status: error.isTransient ? .serviceUnavailable : .badRequest,
            mood: .bad,
            title: "You are not signed in",
            lines: [error.message] + (error.hint.map { [$0] } ?? []) + [close]
        )
    }

    /// Not the answer to a sign-in that is waited for.
    static let stray = Self(
        status: .badRequest,
        mood: .bad,
        title: "This page belongs to no sign-in",
        lines: ["It is over, or it began in another program. Begin again in the terminal."]
    )

    var response: HTTPResponse {
        HTTPResponse(
            statusCode: status,
            headers: [
                .contentType: "text/html; charset=utf-8",
                // The code in the address is spent; the page need not be kept nor named to anybody.
                HTTPHeader("Cache-Control"): "no-store",
                HTTPHeader("Referrer-Policy"): "no-referrer",
                HTTPHeader("Content-Security-Policy"):
                    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
                .connection: "close",
            ],
            body: Data(html.utf8)
        )
    }

    private var html: String {
        let paragraphs = lines.map { "<p>\(Self.escape($0))</p>" }.joined(separator: "\n")
        return """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(Self.escape(title))</title>
            <style>\(Self.style)</style>
            <main class="\(mood)">
            <svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="12"/><path d="\(mark)"/></svg>
            <h1>\(Self.escape(title))</h1>
            \(paragraphs)
            </main>
            </html>
            """
    }

    private var mark: String {
        switch mood {
        case .good: "M6.5 12.5l3.7 3.7 7.3-8"
        case .bad: "M8 8l8 8M16 8l-8 8"
        }
    }

    private static func escape(_ text: String) -> String {
        let entities: [Character: String] = ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;"]
        return text.map { entities[$0] ?? String($0) }.joined()
    }

    private static let style = """
        :root { color-scheme: light dark; --back: #f4f4f5; --card: #fff; --text: #18181b; --line: #d9d9de; --good: #15803d; --bad: #b91c1c }
        @media (prefers-color-scheme: dark) {
          :root { --back: #111114; --card: #1d1d21; --text: #ededf0; --line: #3a3a42; --good: #4ade80; --bad: #f87171 }
        }
        * { box-sizing: border-box }
        body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--back); color: var(--text); font: 16px/1.5 system-ui, sans-serif }
        main { width: 100%; max-width: 26rem; padding: 2rem; text-align: center; background: var(--card); border: 1px solid var(--line); border-radius: 14px }
        svg { width: 3rem; height: 3rem }
        circle { fill: var(--mood) }
        path { fill: none; stroke: var(--card); stroke-width: 2.2; stroke-linecap: round; stroke-linejoin: round }
        .good { --mood: var(--good) }
        .bad { --mood: var(--bad) }
        h1 { margin: .75rem 0 .5rem; font-size: 1.4rem; line-height: 1.25; text-wrap: balance }
        p { margin: .5rem 0; overflow-wrap: anywhere; text-wrap: balance }
        """
}
