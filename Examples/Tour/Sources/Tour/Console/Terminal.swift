import Foundation

/// Where the output goes, as far as the layout depends on it.
package struct Terminal: Sendable {
    /// The number of columns.
    package let width: Int

    /// Whether a line can be drawn again in place.
    package let isInteractive: Bool

    /// Whether text has colors and weights.
    package let isStyled: Bool

    /// Reads what the system says about standard output.
    package static var current: Self {
        var size = winsize()
        let isTerminal = isatty(STDOUT_FILENO) == 1
        let columns = isTerminal && ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 ? Int(size.ws_col) : 0
        return Self(isTerminal: isTerminal, columns: columns, ProcessInfo.processInfo.environment)
    }

    /// Decides by the terminal and the environment.
    ///
    /// - Parameters:
    ///   - isTerminal: whether a person looks at the output.
    ///   - columns: the columns that the terminal reports, or 0.
    ///   - environment: `COLUMNS`, `NO_COLOR` (https://no-color.org), and `TERM` count.
    package init(isTerminal: Bool, columns: Int, _ environment: [String: String]) {
        let named = Int(environment["COLUMNS"] ?? "") ?? 0
        let known = [columns, isTerminal ? named : 0].first { $0 > 0 }
        width = max(40, known ?? 80)
        let isDumb = environment["TERM"] == "dumb"
        isInteractive = isTerminal && !isDumb
        isStyled = isInteractive && (environment["NO_COLOR"] ?? "").isEmpty
    }
}
