/// How a provider writes a token response that is not a flat object in its dialect's naming.
///
/// ```swift
/// TokenAnswerShape.nested(in: "data", beside: #""code":0"#)                       // {"code":0,"data":{"access_token":"…"}}
/// TokenAnswerShape.flat(renaming: ["access_token": "token", "expires_in": "ttl"])
/// ```
public struct TokenAnswerShape: Sendable {
    /// One member of a token response: its RFC 6749 name and its value as JSON.
    public struct Member: Sendable {
        /// The standard name, such as `access_token`.
        public let name: String

        /// The value as JSON text, such as `"abc"` or `3600`.
        public let json: String
    }

    let write: @Sendable ([Member]) -> String

    /// Creates a shape from a function that writes the body of a response from its members, in order.
    public init(_ write: @escaping @Sendable ([Member]) -> String) {
        self.write = write
    }

    /// A flat object with some standard names replaced by the provider's.
    public static func flat(renaming names: [String: String] = [:]) -> Self {
        Self { object($0, names) }
    }

    /// A token response nested in an outer object.
    ///
    /// - Parameters:
    ///   - name: the member of the outer object that contains the token response.
    ///   - names: standard names, each with the provider's own name.
    ///   - others: the other members of the outer object as JSON text, such as `"code":0`.
    /// - Returns: the shape.
    public static func nested(
        in name: String,
        renaming names: [String: String] = [:],
        beside others: String = ""
    ) -> Self {
        Self { "{\(others.isEmpty ? "" : others + ",")\(JSONValue.text(name).text):\(object($0, names))}" }
    }

    private static func object(_ members: [Member], _ names: [String: String]) -> String {
        let texts = members.map { "\(JSONValue.text(names[$0.name] ?? $0.name).text):\($0.json)" }
        return "{\(texts.joined(separator: ","))}"
    }
}
