/// Checks as a table of fixed columns, for terminals and test logs.
struct ConformanceTable {
    private static let widths = [28, 40, 34, 34]
    private let rows: [[String]]

    init(_ checks: [ConformanceReport.Check]) {
        rows = checks.map {
            [
                ($0.passes ? "✓ " : $0.excuse == nil ? "✗ " : "– ") + ($0.name ?? $0.clause), $0.tried, $0.expected,
                $0.came,
            ]
        }
    }

    var text: String {
        let rule = Self.widths.map { String(repeating: "─", count: $0) }.joined(separator: "─┼─") + "\n"
        return line(["clause", "tried", "expected", "actual"]) + rule + rows.map(line).joined(separator: rule)
    }

    private func line(_ cells: [String]) -> String {
        let columns = zip(cells, Self.widths).map { Self.wrap($0, to: $1) }
        let height = columns.map(\.count).max() ?? 0
        return (0..<height).map { row in
            zip(columns, Self.widths).map { column, width in
                let cell = row < column.count ? column[row] : ""
                return cell + String(repeating: " ", count: max(0, width - cell.count))
            }.joined(separator: " │ ") + "\n"
        }.joined()
    }

    private static func wrap(_ text: String, to width: Int) -> [String] {
        var lines = [""]
        for word in text.split(whereSeparator: \.isWhitespace) {
            var rest = word
            if !lines[lines.count - 1].isEmpty, lines[lines.count - 1].count + 1 + rest.count > width {
                lines.append("")
            } else if !lines[lines.count - 1].isEmpty {
                lines[lines.count - 1] += " "
            }
            while rest.count > width {
                lines[lines.count - 1] += rest.prefix(width)
                rest = rest.dropFirst(width)
                lines.append("")
            }
            lines[lines.count - 1] += rest
        }
        return lines
    }
}
