import OAuthDialects

/// The lines that a sample prints.
final class PrintedLines: Sendable {
    private let lines = Locked<[String]>([])

    func append(_ items: [Any]) {
        let line = items.map { "\($0)" }.joined(separator: " ")
        lines.withLock { $0.append(line) }
    }

    var text: String { lines.withLock { $0 }.joined(separator: "\n") }
}
