public import Foundation

/// An HTTP answer; it prints only its status, media type, and size, and is not `Codable`.
public struct WireResponse: Sendable {
    /// The HTTP status.
    public var status: Int

    /// The header fields.
    public var headers: WireHeaders

    /// The body, up to the limit.
    public var body: Data {
        didSet { parsed = nil }
    }

    /// Whether the body exceeded the limit and was cut off.
    public var isCutOff: Bool

    /// How long the request waited for a free connection before it was sent.
    package var connectionWait = Duration.zero

    /// Creates an answer.
    public init(status: Int, headers: WireHeaders = [:], body: Data = Data(), isCutOff: Bool = false) {
        self.status = status
        self.headers = headers
        self.body = body
        self.isCutOff = isCutOff
    }

    /// The body's fields, if ``parseBody()`` has read them.
    private var parsed: ParsedBody?

    /// Reads the body once, for all readers of this answer.
    ///
    /// The session calls it for token answers; an API answer is not read unless a reader needs it.
    package mutating func parseBody() {
        parsed = ParsedBody(fields: read())
    }

    /// The body as a JSON object, or a form as if it were one; `nil` if it is neither.
    var fields: JSONFields? {
        if let parsed { return parsed.fields }
        return read()
    }

    /// Whether the body is said to be a form, as GitHub answers unless it is asked for JSON.
    var isForm: Bool {
        let type = headers["Content-Type"]?.prefix { $0 != ";" && $0 != " " } ?? ""
        return ASCII.lowercase(type) == "application/x-www-form-urlencoded"
    }

    private func read() -> JSONFields? {
        isForm ? JSONFields(form: body) : JSONFields(body)
    }
}

extension WireResponse: Redacted {
    package var redacted: String {
        let type = headers["Content-Type"].map { ", " + WireHeaders.shown("Content-Type", $0) } ?? ""
        return "HTTP \(status)\(type), \(body.count) bytes\(isCutOff ? " (cut off)" : "")"
    }
}

/// A body that was read: behind a reference, so that it costs an answer that is not read 8 bytes.
private final class ParsedBody: Sendable {
    let fields: JSONFields?

    init(fields: JSONFields?) {
        self.fields = fields
    }
}
