/// A field of a selection, with the values of its arguments.
struct GraphQLField: Sendable {
    /// The name in the answer.
    let responseName: String
    let name: String
    let arguments: [String: JSON]
    /// The selected fields of an object; `nil` for a scalar.
    let selection: [GraphQLField]?
}

/// The one operation of a document.
struct GraphQLOperation: Sendable {
    let isMutation: Bool
    let fields: [GraphQLField]

    /// Reads a document without fragments and directives, which the sandbox doesn't play.
    init(_ document: String, variables: [String: JSON]) throws(GraphQLFailure) {
        var parser = try GraphQLParser(document, variables: variables)
        (isMutation, fields) = try parser.operation()
    }
}
