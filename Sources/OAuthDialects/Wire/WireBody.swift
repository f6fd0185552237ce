public import Foundation

/// What a request carries: fields in a stable order, or bytes as they are.
public enum WireBody: Sendable {
    /// `application/x-www-form-urlencoded`.
    case form([WireField])

    /// A flat JSON object of strings.
    case json([WireField])

    /// Bytes that are sent as they are; never shown.
    case bytes(Data)

    /// The bytes as they are sent.
    public var data: Data {
        switch self {
        case .form(let fields):
            let pairs = fields.map { FormEncoding.encode($0.name) + "=" + FormEncoding.encode($0.value.revealed) }
            return Data(pairs.joined(separator: "&").utf8)
        case .json(let fields):
            let members = fields.map { JSONText.quote($0.name) + ":" + JSONText.quote($0.value.revealed) }
            return Data(("{" + members.joined(separator: ",") + "}").utf8)
        case .bytes(let data):
            return data
        }
    }

    /// The media type that goes with it; `nil` for bytes.
    var contentType: String? {
        switch self {
        case .form: "application/x-www-form-urlencoded"
        case .json: "application/json"
        case .bytes: nil
        }
    }

    /// Its fields; none for bytes.
    var fields: [WireField] {
        switch self {
        case .form(let fields), .json(let fields): fields
        case .bytes: []
        }
    }
}

extension WireBody: Redacted {
    package var redacted: String {
        switch self {
        case .form(let fields): fields.map(\.description).joined(separator: "&")
        case .json(let fields): "{" + fields.map(\.description).joined(separator: ", ") + "}"
        case .bytes(let data): "<\(data.count) bytes>"
        }
    }
}

/// JSON texts by the toolchain's own encoder.
enum JSONText {
    static func quote(_ text: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        // Encoding a string can't fail: any Swift string is valid Unicode.
        return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }
}
