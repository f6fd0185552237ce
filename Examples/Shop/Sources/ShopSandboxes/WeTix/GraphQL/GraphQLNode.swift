/// A value of the schema, of which an answer contains what was selected.
indirect enum GraphQLNode: Sendable {
    case value(JSON)
    case list([GraphQLNode])
    /// An object with its type's name; the function returns `nil` for a field that the documents don't have.
    case object(String, @Sendable (String) -> GraphQLNode?)
    /// A list of objects by pages.
    case connection(GraphQLConnection)

    static func text(_ text: String) -> Self { .value(.string(text)) }

    static func integer(_ value: Int) -> Self { .value(.integer(value)) }

    static func flag(_ value: Bool) -> Self { .value(.bool(value)) }

    static func connection<Value>(
        _ type: String,
        isByDate: Bool = false,
        _ values: [Value],
        _ element: (Value) -> GraphQLConnection.Element
    ) -> Self {
        .connection(GraphQLConnection(type: type, isByDate: isByDate, elements: values.map(element)))
    }

    /// The selected parts.
    func selected(by field: GraphQLField) throws(GraphQLFailure) -> JSON {
        switch self {
        case .value(let value):
            // A null stands for an object as well.
            guard field.selection == nil || value == .null else {
                throw GraphQLFailure("\(field.name) is a scalar and has no fields.")
            }
            return value
        case .list(let nodes):
            var values: [JSON] = []
            for node in nodes { values.append(try node.selected(by: field)) }
            return .array(values)
        case .object(let type, let member):
            return try Self.object(type, member, field)
        case .connection(let connection):
            return try connection.selected(by: field)
        }
    }

    private static func object(
        _ type: String,
        _ member: (String) -> GraphQLNode?,
        _ field: GraphQLField
    ) throws(GraphQLFailure) -> JSON {
        guard let selection = field.selection else {
            throw GraphQLFailure("\(field.name) is an object; a document has to select its fields.")
        }
        var members: [String: JSON] = [:]
        for inner in selection {
            if inner.name == "__typename" {
                members[inner.responseName] = .string(type)
                continue
            }
            guard let node = member(inner.name) else {
                throw GraphQLFailure("\(type) has no field \(inner.name).")
            }
            do throws(GraphQLFailure) {
                members[inner.responseName] = try node.selected(by: inner)
            } catch {
                throw error.at(inner.responseName)
            }
        }
        return .object(members)
    }
}
