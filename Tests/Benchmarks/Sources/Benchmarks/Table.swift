import Foundation

/// All rows, for a person or for a program.
struct Table: Codable {
    var rows: [Row]
    var peers: [String]

    init(_ rows: [Row], _ peers: [Peer]) {
        self.rows = rows
        self.peers = peers.map(\.name)
    }

    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }

    /// Markdown, aligned: median, lowest and highest.
    var text: String {
        let head = ["work", "unit", "OAuthDialects"] + peers
        let body = rows.map { row in [row.name, row.unit, row.ours.text] + peers.map { row.peers[$0]?.text ?? "" } }
        let widths = head.indices.map { column in ([head] + body).map { $0[column].count }.max() ?? 0 }
        func line(_ cells: [String]) -> String {
            "| " + zip(cells, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: " | ")
                + " |"
        }
        let rule = "|" + widths.map { String(repeating: "-", count: $0 + 2) }.joined(separator: "|") + "|"
        return ([line(head), rule] + body.map(line)).joined(separator: "\n")
    }
}
