import Foundation
import Hummingbird

/// The fields of a form, in their order.
struct Form: Sendable {
    private let fields: [(name: String, value: String)]

    /// Reads a request's body.
    ///
    /// - Throws: a ``Problem`` if the body is not a form.
    init(_ request: Request) async throws {
        let type = request.headers[.contentType]?.prefix { $0 != ";" }.lowercased()
        guard type == "application/x-www-form-urlencoded" else { throw Problem.unreadable }
        try self.init(String(buffer: await request.body.collect(upTo: BodyLimit.bytes)))
    }

    init(_ text: String) throws {
        fields = try text.split(separator: "&").map { pair in
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (try Self.decoded(halves[0]), halves.count == 2 ? try Self.decoded(halves[1]) : "")
        }
    }

    /// A field's first value, without white space around it.
    subscript(name: String) -> String {
        all(name).first?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
    }

    /// A field's values.
    func all(_ name: String) -> [String] {
        fields.filter { $0.name == name }.map(\.value)
    }

    private static func decoded(_ text: Substring) throws -> String {
        guard let value = text.replacingOccurrences(of: "+", with: " ").removingPercentEncoding else {
            throw Problem.unreadable
        }
        return value
    }
}
