/// The header fields of a message, in order; names are compared ignoring ASCII case.
///
/// They print with the values of only a few harmless fields.
public struct WireHeaders: Sendable, ExpressibleByDictionaryLiteral {
    /// The name and value of each field, in order.
    public private(set) var fields: [(name: String, value: String)] = []

    /// Creates headers without fields.
    package init() {}

    /// Creates headers without fields and with room for some.
    init(capacity: Int) { fields.reserveCapacity(capacity) }

    public init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { (name: $0.0, value: $0.1) }
    }

    /// The value of the first field of that name; setting replaces every field of that name.
    public subscript(name: String) -> String? {
        get { fields.first { Self.matches($0.name, name) }?.value }
        set {
            fields.removeAll { Self.matches($0.name, name) }
            if let newValue { fields.append((name: name, value: newValue)) }
        }
    }

    /// Adds a field; fields with the same name stay.
    public mutating func append(_ name: String, _ value: String) {
        fields.append((name: name, value: value))
    }

    mutating func continueLast(with value: String) {
        guard let last = fields.popLast() else { return }
        fields.append((name: last.name, value: "\(last.value) \(value)"))
    }

    /// Throws ``TokenError/Code/invalidRequest`` for a field that would inject another header or be dropped silently.
    package func check() throws {
        for (name, value) in fields {
            guard Self.isName(name) else {
                throw TokenError(
                    .invalidRequest,
                    "A header name of \(name.utf8.count) bytes is invalid (RFC 9110, section 5.1).",
                    hint: "Pass name and value separately. The name is not shown, because it may contain a secret."
                )
            }
            guard value.utf8.allSatisfy({ $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) }) else {
                throw TokenError(
                    .invalidRequest,
                    "The value of the header \(name) contains a line break or another control character."
                )
            }
        }
    }

    private static func matches(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count
            && left.utf8.elementsEqual(right.utf8) { ASCII.lowercase($0) == ASCII.lowercase($1) }
    }

    private static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy(isTokenByte)
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        ASCII.isAlphanumeric(byte) || "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
}

extension WireHeaders: Redacted {
    private static let harmless = ["accept", "content-length", "user-agent"]
    private static let mediaTypes = [
        "application/json", "application/x-www-form-urlencoded", "application/problem+json", "application/graphql",
        "application/xml", "application/octet-stream", "text/html", "text/plain", "text/xml",
    ]

    /// What may be shown of a field: its value if it is known to be harmless, else at most its scheme.
    ///
    /// A server may echo a secret in any header, so a media type is shown only if it is a known one.
    static func shown(_ name: String, _ value: String) -> String {
        if harmless.contains(where: { matches($0, name) }) { return ProviderText.escape(value) }
        if matches(name, "content-type") {
            let type = ASCII.lowercase(value.prefix { $0 != ";" && $0 != " " })
            return mediaTypes.contains(type) ? type : "another type"
        }
        let scheme = value.prefix { $0 != " " }
        return ["Basic", "Bearer"].contains(String(scheme)) ? "\(scheme) <redacted>" : "<redacted>"
    }

    /// What may be shown of a name: one that is invalid may be a whole field, or a value in the wrong place.
    static func shownName(_ name: String) -> String {
        isName(name) ? name : "<invalid>"
    }

    package var redacted: String {
        fields.map { "\(Self.shownName($0.name)): \(Self.shown($0.name, $0.value))" }.joined(separator: "\n")
    }
}

extension WireHeaders {
    /// Whether a transport sets the field itself, from the URL and the body.
    static func isFraming(_ name: String) -> Bool {
        matches(name, "content-length") || matches(name, "host") || matches(name, "transfer-encoding")
    }
}
