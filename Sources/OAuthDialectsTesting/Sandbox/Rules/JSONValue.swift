internal import Foundation

/// A JSON value whose members keep the order of the provider's sample.
enum JSONValue: Sendable {
    case text(String)
    case number(Int)
    case list([JSONValue])
    case object([(String, JSONValue)])
    case null

    /// JSON text, written unchanged.
    case raw(String)

    var data: Data { Data(text.utf8) }

    var text: String {
        switch self {
        case .text(let text): Self.quote(text)
        case .number(let number): String(number)
        case .list(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.map { Self.quote($0.0) + ":" + $0.1.text }.joined(separator: ",") + "}"
        case .null: "null"
        case .raw(let json): json
        }
    }

    private static func quote(_ text: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        // Encoding a string can't fail: any Swift string is valid Unicode.
        return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }
}
