import Foundation

/// Reads the fields of a request and collects what is wrong with them, by name.
struct FieldReader {
    private(set) var problems: [String: String] = [:]
    private let body: JSON

    init(_ body: JSON) {
        self.body = body
    }

    mutating func text(_ name: String, atMost limit: Int = 2048) -> String {
        let text = optionalText(name, atMost: limit)
        if text.isEmpty, problems[name] == nil { problems[name] = "is required" }
        return text
    }

    mutating func optionalText(_ name: String, atMost limit: Int) -> String {
        guard let value = value(name), value != .null else { return "" }
        guard let text = value.text else {
            problems[name] = "is not a string"
            return ""
        }
        if text.count > limit { problems[name] = "has more than \(limit) characters" }
        return text
    }

    mutating func choice(_ name: String, of choices: [String]) -> String {
        let text = text(name)
        if !text.isEmpty, !choices.contains(text) {
            problems[name] = "is not one of \(choices.joined(separator: ", "))"
        }
        return text
    }

    mutating func url(_ name: String) -> String {
        let text = text(name)
        if !text.isEmpty {
            let url = URL(string: text)
            let isWeb = ["http", "https"].contains(url?.scheme ?? "") && url?.host() != nil
            if !isWeb { problems[name] = "is not a URL" }
        }
        return text
    }

    mutating func texts(_ name: String) -> [String] {
        guard let value = value(name), value != .null else { return [] }
        let texts = value.elements?.compactMap(\.text) ?? []
        if value.elements?.count != texts.count { problems[name] = "is not a list of strings" }
        return texts
    }

    mutating func positive(_ name: String) -> Int? {
        guard let value = value(name), value != .null else { return nil }
        guard let number = value.int, number > 0 else {
            problems[name] = "is not a positive integer"
            return nil
        }
        return number
    }

    mutating func amount(_ name: String) throws(PaymentRefusal) -> Int {
        guard let value = value(name), value != .null else {
            problems[name] = "is required"
            return 0
        }
        if case .number = value { throw PaymentRefusal(.decimalInvalid) }
        guard let amount = value.int, amount >= 0 else {
            problems[name] = "is not an unsigned integer"
            return 0
        }
        return amount
    }

    private func value(_ name: String) -> JSON? {
        name.split(separator: ".").reduce(Optional(body)) { $0?[String($1)] }
    }
}
