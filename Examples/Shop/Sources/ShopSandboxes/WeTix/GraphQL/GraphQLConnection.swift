/// A list of objects by pages.
///
/// WeTix, *Resource limitations*: a document has to give `first` or `last`, from 1 to 100.
struct GraphQLConnection: Sendable {
    /// An object of the list.
    struct Element: Sendable {
        /// The object's key, which is its cursor.
        let key: String
        /// The day, for lists that are asked for by day.
        var date: String?
        let node: GraphQLNode
    }

    let type: String
    var isByDate = false
    let elements: [Element]

    func selected(by field: GraphQLField) throws(GraphQLFailure) -> JSON {
        let arguments = field.arguments
        let all = try dated(arguments)
        var (page, count) = (all[...], 0)
        if let cursor = arguments["after"]?.text, let index = page.firstIndex(where: { $0.key == cursor }) {
            page = page[(index + 1)...]
        }
        if let cursor = arguments["before"]?.text, let index = page.firstIndex(where: { $0.key == cursor }) {
            page = page[..<index]
        }
        let isLast = arguments["first"]?.int == nil
        guard let limit = arguments["first"]?.int ?? arguments["last"]?.int, (1...100).contains(limit) else {
            throw GraphQLFailure("\(field.name) needs first or last, from 1 to 100.")
        }
        count = page.count
        page = isLast ? page.suffix(limit) : page.prefix(limit)
        let info = (hasNext: !isLast && count > limit, hasPrevious: isLast && count > limit)
        let connection = GraphQLNode.object(type) { [page] name in
            switch name {
            case "nodes": .list(page.map(\.node))
            case "totalCount": .integer(all.count)
            case "pageInfo": Self.pageInfo(page, info)
            default: nil
            }
        }
        return try connection.selected(by: field)
    }

    private func dated(_ arguments: [String: JSON]) throws(GraphQLFailure) -> [Element] {
        guard isByDate else { return elements }
        guard let date = arguments["date"]?.text else { throw GraphQLFailure("The showtimes need a date: YYYY-MM-DD.") }
        return elements.filter { $0.date == date }
    }

    private static func pageInfo(_ page: ArraySlice<Element>, _ info: (hasNext: Bool, hasPrevious: Bool)) -> GraphQLNode
    {
        .object("PageInfo") { name in
            switch name {
            case "startCursor": .value(page.first.map { .string($0.key) } ?? .null)
            case "endCursor": .value(page.last.map { .string($0.key) } ?? .null)
            case "hasNextPage": .flag(info.hasNext)
            case "hasPreviousPage": .flag(info.hasPrevious)
            default: nil
            }
        }
    }
}
