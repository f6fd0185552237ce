import Synchronization
import Tour

/// A terminal of some width, which keeps the text written to it.
final class Screen: Sendable {
    private let text = Mutex("")
    let terminal: Terminal

    init(columns: Int, _ environment: [String: String] = ["TERM": "xterm-256color"]) {
        terminal = Terminal(isTerminal: true, columns: columns, environment)
    }

    var console: Console {
        Console(terminal) { [self] words in text.withLock { $0 += words } }
    }

    var written: String { text.withLock { $0 } }

    /// The lines as a terminal would have shown them, one for each time that a line was drawn, without escape sequences.
    var drawn: [String] {
        written.replacing(/\u{1B}\[[0-9;]*[A-Za-z]/, with: "")
            .split(omittingEmptySubsequences: false) { "\r\n".unicodeScalars.contains($0.unicodeScalars.first!) }
            .map(String.init)
    }

    /// The lines that remain on the screen.
    var lines: [String] {
        written.replacing(/\u{1B}\[[0-9;]*[A-Za-z]/, with: "").split(separator: "\n", omittingEmptySubsequences: false)
            .map { String($0.split(separator: "\r", omittingEmptySubsequences: false).last ?? "") }
    }
}
