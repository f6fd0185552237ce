/// A JSON object that is built member by member, each at a path such as `data.token` or `errors[].code`.
struct JSONDraft {
    private indirect enum Node {
        case json(String)
        case object([(name: String, node: Node)])
        case list(Node)
    }

    private var root = Node.object([])

    /// Sets a member to JSON text; `[]` in the path stands for the only element of a list.
    mutating func set(_ json: String, at path: String) {
        root = Self.setting(json, path.split(separator: ".").map(String.init)[...], in: root)
    }

    var text: String { Self.text(of: root) }

    private static func setting(_ json: String, _ path: ArraySlice<String>, in node: Node?) -> Node {
        guard let part = path.first else { return .json(json) }
        var members: [(name: String, node: Node)] = []
        if case .object(let found) = node { members = found }
        let isList = part.hasSuffix("[]")
        let name = isList ? String(part.dropLast(2)) : part
        let index = members.firstIndex { $0.name == name }
        var child = index.map { members[$0].node }
        if isList, case .list(let element) = child { child = element }
        let value = setting(json, path.dropFirst(), in: child)
        let changed = isList ? Node.list(value) : value
        if let index { members[index].node = changed } else { members.append((name, changed)) }
        return .object(members)
    }

    private static func text(of node: Node) -> String {
        switch node {
        case .json(let json): json
        case .list(let element): "[\(text(of: element))]"
        case .object(let members):
            "{\(members.map { "\(JSONValue.text($0.name).text):\(text(of: $0.node))" }.joined(separator: ","))}"
        }
    }
}

extension JSONValue {
    /// A text as JSON, as a number if it is one.
    static func word(_ text: String) -> String {
        Int(text).map(String.init) == text ? text : JSONValue.text(text).text
    }
}
