internal import Foundation

extension WireField {
    /// All fields of a request, as a signature covers them: the parameters of the query, and after them the fields of a form or a flat
    /// JSON body, decoded and in order.
    ///
    /// Bytes are read if their `Content-Type` is that of a form; of others there are no fields.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/invalidRequest`` for a query or a form that can't be decoded.
    public static func all(in request: WireRequest) throws -> [WireField] { try request.fields }
}

extension WireRequest {
    fileprivate var fields: [WireField] {
        get throws {
            let query = try Self.pairs(in: queryText, of: "query")
            guard case .bytes(let data) = body else { return query + (body?.fields ?? []) }
            return try isForm ? query + Self.pairs(in: String(decoding: data, as: UTF8.self), of: "body") : query
        }
    }

    /// A URL without the parameters that this request has and another one lacks: a redirect may repeat what authorized it.
    func without(_ authorized: URL, since other: Self) -> URL {
        let own = (try? Self.pairs(in: queryText, of: "query")) ?? []
        let others = (try? Self.pairs(in: other.queryText, of: "query")) ?? []
        let added = own.filter { field in !others.contains { $0 == field } }
        let text = authorized.absoluteString
        guard !added.isEmpty, let mark = text.firstIndex(of: "?") else { return authorized }
        let end = text.firstIndex(of: "#") ?? text.endIndex
        let kept = text[mark..<end].dropFirst().split(separator: "&", omittingEmptySubsequences: false).filter { pair in
            let fields = (try? Self.pairs(in: pair, of: "query")) ?? []
            return !fields.contains { field in added.contains { $0 == field } }
        }
        let query = kept.isEmpty ? "" : "?" + kept.joined(separator: "&")
        return URL(string: text[..<mark] + query + text[end...]) ?? authorized
    }

    mutating func addToQuery(_ fields: [WireField]) throws {
        let names = ((try? Self.pairs(in: queryText, of: "query")) ?? []).map(\.name)
        try Self.check(fields, differFrom: names)
        let (text, query) = (url.absoluteString, queryText)
        let end = text.firstIndex(of: "#") ?? text.endIndex
        let hasMark = text[..<end].contains("?")
        let joint = hasMark ? (query.isEmpty || query.hasSuffix("&") ? "" : "&") : "?"
        // A space is sent as %20, which every server decodes; only some decode a `+`.
        let pairs = fields.map { "\(QueryFields.encode($0.name))=\(QueryFields.encode($0.value.revealed))" }
        guard let url = URL(string: text[..<end] + joint + pairs.joined(separator: "&") + text[end...]) else {
            throw TokenError(.invalidRequest, "The request's URL is not valid.")
        }
        self.url = url
    }

    /// Adds fields, such as a signature, to the query, or to the form or the flat JSON body of a request that has one.
    ///
    /// - Parameters:
    ///   - fields: the fields.
    ///   - toQuery: whether they go to the query although there is a body.
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/invalidRequest`` for a field that is there already, and for a body of
    ///   other bytes.
    public mutating func add(_ fields: [WireField], toQuery: Bool = false) throws {
        guard let body, !toQuery else { return try addToQuery(fields) }
        switch body {
        case .form(let others):
            try Self.check(fields, differFrom: others.map(\.name))
            self.body = .form(others + fields)
        case .json(let others):
            try Self.check(fields, differFrom: others.map(\.name))
            self.body = .json(others + fields)
        case .bytes(let data) where isForm:
            let others = try Self.pairs(in: String(decoding: data, as: UTF8.self), of: "body")
            try Self.check(fields, differFrom: others.map(\.name))
            self.body = .bytes(data + Data((data.isEmpty ? "" : "&").utf8) + WireBody.form(fields).data)
        case .bytes:
            throw TokenError(.invalidRequest, "A field can't be added to a body of bytes that are no form.")
        }
    }

    /// What stands between the first `?` and the `#`.
    private var queryText: Substring {
        let text = url.absoluteString
        let whole = text.prefix { $0 != "#" }
        return whole.firstIndex(of: "?").map { whole[whole.index(after: $0)...] } ?? ""
    }

    private var isForm: Bool {
        let type = headers["Content-Type"]?.prefix { $0 != ";" && $0 != " " } ?? ""
        return ASCII.lowercase(type) == "application/x-www-form-urlencoded"
    }

    private static func pairs(in text: some StringProtocol, of part: String) throws -> [WireField] {
        guard let pairs = try? QueryFields.pairs(in: text) else {
            throw TokenError(.invalidRequest, "A field of the request's \(part) can't be decoded.")
        }
        return pairs.map { WireField($0.name, secret: Secret($0.value)) }
    }

    private static func check(_ fields: [WireField], differFrom names: [String]) throws {
        var names = Set(names)
        for field in fields where !names.insert(field.name).inserted {
            throw TokenError(.invalidRequest, "The request has the field \(ProviderText.clean(field.name)) twice.")
        }
    }
}
