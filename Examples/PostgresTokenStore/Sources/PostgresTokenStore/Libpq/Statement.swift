import Foundation

/// A statement and its values, which are sent separately; each is text or bytes, and the statement casts it.
struct Statement: Sendable {
    let text: String
    let values: [Data?]

    init(_ text: String, _ values: [Data?] = []) {
        self.text = text
        self.values = values
    }
}

/// The columns of one row as bytes; text is UTF-8.
typealias Row = [Data?]

extension Data {
    init(_ text: String) {
        self.init(text.utf8)
    }

    var text: String { String(decoding: self, as: UTF8.self) }
}
