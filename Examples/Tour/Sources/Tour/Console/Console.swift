import Foundation
import Synchronization

/// Writes lines that fit the terminal, and one line that is drawn again in place.
package final class Console: Sendable {
    package let terminal: Terminal

    private let sink: @Sendable (String) -> Void
    private let hasDraft = Mutex(false)

    /// Creates a console.
    ///
    /// - Parameters:
    ///   - terminal: the layout's limits.
    ///   - sink: receives the text; by default it goes to standard output.
    package init(
        _ terminal: Terminal = .current,
        sink: @escaping @Sendable (String) -> Void = { FileHandle.standardOutput.write(Data($0.utf8)) }
    ) {
        (self.terminal, self.sink) = (terminal, sink)
    }

    /// The text in a style, where the terminal has styles.
    func styled(_ text: String, _ style: Style) -> String {
        terminal.isStyled && !text.isEmpty ? "\u{1B}[\(style.parameters)m\(text)\u{1B}[0m" : text
    }

    /// Writes a line or several, in place of the one that was drawn.
    func write(_ line: String = "") {
        hasDraft.withLock { hasDraft in
            sink((hasDraft ? "\r\u{1B}[K" : "") + line + "\n")
            hasDraft = false
        }
    }

    /// Writes a text after a lead of a known width, and indents the lines that it takes beyond the first.
    ///
    /// - Parameters:
    ///   - lead: the beginning of the first line, in any styles.
    ///   - width: the lead's width in columns.
    ///   - text: the text to wrap.
    func write(_ lead: String, _ width: Int, _ text: String) {
        // A narrow terminal gets the text beneath its lead.
        let isNarrow = terminal.width - width < 30
        let indentation = isNarrow ? 4 : width
        let lines = text.wrapped(at: terminal.width - indentation)
        let lineBreak = "\n" + String(repeating: " ", count: indentation)
        // At once, so that no line of another thread comes between.
        write(lead + (isNarrow ? lineBreak : "") + lines.joined(separator: lineBreak))
    }

    /// Draws a line in place, until the next one; nothing where that is not possible.
    func draw(_ line: String) {
        guard terminal.isInteractive else { return }
        hasDraft.withLock { hasDraft in
            sink("\r\(line)\u{1B}[K")
            hasDraft = true
        }
    }

    /// Ends the program because it can't run as it was asked to.
    static func fail(_ text: String) -> Never {
        FileHandle.standardError.write(Data((text + "\n").utf8))
        exit(2)
    }
}
