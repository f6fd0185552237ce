import Foundation
import Testing

/// What every page has to fulfill, whoever looks at it and however.
struct PageAudit {
    /// The most Tab presses that reach every control of a page.
    private static let mostPresses = 400

    let browser: Browser

    /// Finds what is wrong with the page that is open, in both color schemes and widths.
    func problems(isLive: Bool = false) async throws -> [String] {
        var problems = try await strings(AuditScript.structure)
        // An `output` is live by itself (HTML, section 4.10.12).
        if isLive, try await browser.count("main :is([aria-live], [role=status], output)") == 0 {
            problems.append("The page is live and has no aria-live region.")
        }
        for scheme in ["light", "dark"] {
            try await browser.prefer(scheme)
            problems += try await strings(AuditScript.contrast).map { "\(scheme): \($0)" }
            let isDark = try await browser.value(of: AuditScript.isDark) as? Bool
            if isDark != (scheme == "dark") { problems.append("\(scheme): The page has the other scheme's colors.") }
        }
        try await browser.prefer("light")
        for width in [390, 1280] {
            try await browser.setWidth(width)
            problems += try await strings(AuditScript.overflow).map { "\(width) px: \($0)" }
        }
        return problems + (try await keyboardProblems())
    }

    /// Saves the page in both color schemes and widths.
    func photograph(_ name: String) async throws {
        for scheme in ["light", "dark"] {
            try await browser.prefer(scheme)
            for width in [390, 1280] {
                try await browser.setWidth(width)
                try await browser.photograph("\(name)-\(scheme)-\(width)")
            }
        }
        try await browser.prefer("light")
    }

    /// Controls that Tab does not reach, or that show no sign of the focus.
    private func keyboardProblems() async throws -> [String] {
        let count = try #require(try await browser.value(of: AuditScript.watchFocus) as? Int)
        try await browser.press("\u{E004}", times: min(count + 3, Self.mostPresses))
        return try await strings(AuditScript.unreached)
    }

    private func strings(_ script: String) async throws -> [String] {
        try #require(try await browser.value(of: script) as? [String])
    }
}

/// Checks the page that is open, and saves it.
func audit(_ browser: Browser, _ name: String, isLive: Bool = false) async throws {
    let audit = PageAudit(browser: browser)
    let problems = try await audit.problems(isLive: isLive)
    #expect(problems == [], "\(name)")
    try await audit.photograph(name)
}
