/// Parses the one operation of a GraphQL document, with its variables in place.
struct GraphQLParser {
    private let tokens: [GraphQLToken]
    private var variables: [String: JSON]
    private var index = 0

    init(_ document: String, variables: [String: JSON]) throws(GraphQLFailure) {
        tokens = try GraphQLLexer.tokens(of: document)
        self.variables = variables
    }

    mutating func operation() throws(GraphQLFailure) -> (isMutation: Bool, fields: [GraphQLField]) {
        var isMutation = false
        if case .name(let kind) = peek {
            guard ["query", "mutation"].contains(kind) else {
                throw GraphQLFailure("The sandbox plays queries and mutations only.")
            }
            isMutation = kind == "mutation"
            index += 1
            if case .name = peek { index += 1 }
            if take("(") { try definitions() }
        }
        let fields = try selection(depth: 0)
        guard peek == nil else { throw GraphQLFailure("The document has more than one operation.") }
        return (isMutation, fields)
    }

    /// Reads the definitions of the variables, of which a default stands for a value that is not given.
    private mutating func definitions() throws(GraphQLFailure) {
        while !take(")") {
            try expect("$")
            let name = try name()
            try expect(":")
            let isRequired = try type()
            if take("=") {
                let value = try value(depth: 0)
                if variables[name] == nil { variables[name] = value }
            }
            guard !isRequired || (variables[name] ?? .null) != .null else {
                throw GraphQLFailure("The variable $\(name) has no value.")
            }
        }
    }

    /// Reads a type.
    ///
    /// - Returns: whether it takes no null.
    private mutating func type() throws(GraphQLFailure) -> Bool {
        if take("[") {
            _ = try type()
            try expect("]")
        } else {
            _ = try name()
        }
        return take("!")
    }

    private mutating func selection(depth: Int) throws(GraphQLFailure) -> [GraphQLField] {
        guard depth < 20 else { throw GraphQLFailure("The document is nested too deeply.") }
        try expect("{")
        var fields: [GraphQLField] = []
        while !take("}") {
            let first = try name()
            let own = take(":") ? try name() : first
            var arguments: [String: JSON] = [:]
            if take("(") {
                while !take(")") {
                    let name = try name()
                    try expect(":")
                    arguments[name] = try value(depth: 0)
                }
            }
            let inner = peek == .sign("{") ? try selection(depth: depth + 1) : nil
            fields.append(GraphQLField(responseName: first, name: own, arguments: arguments, selection: inner))
        }
        guard !fields.isEmpty else { throw GraphQLFailure("A selection is empty.") }
        return fields
    }

    private mutating func value(depth: Int) throws(GraphQLFailure) -> JSON {
        guard depth < 20, let token = peek else { throw GraphQLFailure("The document ends within a value.") }
        index += 1
        switch token {
        case .text(let text): return .string(text)
        case .number(let text): return Int(text).map(JSON.integer) ?? .number(text)
        case .name("true"): return true
        case .name("false"): return false
        case .name("null"): return .null
        case .name(let word): return .string(word)
        case .sign("$"):
            let name = try name()
            return variables[name] ?? .null
        case .sign("["):
            var elements: [JSON] = []
            while !take("]") { elements.append(try value(depth: depth + 1)) }
            return .array(elements)
        case .sign("{"):
            var members: [String: JSON] = [:]
            while !take("}") {
                let name = try name()
                try expect(":")
                members[name] = try value(depth: depth + 1)
            }
            return .object(members)
        case .sign: throw GraphQLFailure("The document has a value that is none.")
        }
    }

    private mutating func name() throws(GraphQLFailure) -> String {
        guard case .name(let name) = peek else {
            throw GraphQLFailure("A name is missing in the document; the sandbox plays no fragments and no directives.")
        }
        index += 1
        return name
    }

    private mutating func take(_ sign: Character) -> Bool {
        guard peek == .sign(sign) else { return false }
        index += 1
        return true
    }

    private mutating func expect(_ sign: Character) throws(GraphQLFailure) {
        guard take(sign) else { throw GraphQLFailure("The document has no \(sign) where one has to be.") }
    }

    private var peek: GraphQLToken? { index < tokens.count ? tokens[index] : nil }
}
