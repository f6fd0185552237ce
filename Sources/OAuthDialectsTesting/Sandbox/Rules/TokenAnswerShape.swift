/// How a provider writes a token answer, where it is otherwise than a flat object in its dialect's naming.
///
/// ```swift
/// TokenAnswerShape.nested(in: "data", beside: #""code":0"#)                       // {"code":0,"data":{"access_token":"…"}}
/// TokenAnswerShape.flat(renaming: ["access_token": "token", "expires_in": "ttl"])
/// ```
public struct TokenAnswerShape: Sendable {
    /// One member of an answer: its name by RFC 6749, and its value as JSON.
    public struct Member: Sendable {
        /// The standard name, such as `access_token`.
        public let name: String

        /// The value as JSON text, such as `"abc"` or `3600`.
        public let json: String
    }

    let write: @Sendable ([Member]) -> String

    /// Makes a shape of a function from members, in their order, to the body of the answer.
    public init(_ write: @escaping @Sendable ([Member]) -> String) {
        self.write = write
    }

    /// A flat object with some standard names replaced by the provider's.
    public static func flat(renaming names: [String: String] = [:]) -> Self {
        Self { object($0, names) }
    }

    /// An object within an object.
    ///
    /// - Parameters:
    ///   - name: the member that holds it.
    ///   - names: standard names and those of the provider.
    ///   - others: members beside it as JSON text, such as `"code":0`.
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
