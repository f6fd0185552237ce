internal import Foundation
public import OAuthDialects

/// A token request from a provider's documents, with which the dialect's request is compared.
public struct DocumentedRequest: Sendable {
    let grant: Grant
    let credentials: ClientCredentials
    let url: String
    let headers: [String: String]
    let body: String

    /// Creates a request from a documented example, such as a `curl` command.
    ///
    /// - Parameters:
    ///   - grant: the grant that the example presents.
    ///   - credentials: the client's credentials in the example.
    ///   - url: the URL of the request, with its query.
    ///   - headers: the headers to compare, including `Content-Type`; names are case-insensitive.
    ///   - body: the body, a form or a flat JSON object; empty for a `GET`. The order of the fields does not matter.
    public init(
        _ grant: Grant,
        by credentials: ClientCredentials,
        url: String,
        headers: [String: String] = [:],
        body: String = ""
    ) {
        self.grant = grant
        self.credentials = credentials
        self.url = url
        self.headers = headers
        self.body = body
    }
}

extension DocumentedRequest {
    /// Whether a request goes to the documented URL; the fields in a `GET`'s query are compared one by one.
    func isAt(_ request: WireRequest) -> Bool {
        guard body.isEmpty else { return request.url.absoluteString == url }
        return request.method == "GET" && ShownAddress.text(of: request) == String(url.prefix { $0 != "?" })
    }

    /// The scopes that the example asks for, which a refresh may repeat.
    func scopes(_ conventions: WireConventions) -> [String] {
        let text = fields?.first { $0.name == conventions.name("scope") }?.value ?? ""
        return text.split(separator: conventions.scopeSeparator).map(String.init)
    }

    /// The fields of the body; `nil` if the body does not match its `Content-Type`.
    var fields: [(name: String, value: String)]? {
        guard let url = URL(string: url) else { return nil }
        if body.isEmpty { return RequestFields.inQuery(of: WireRequest("GET", url)) }
        var request = WireRequest("POST", url, body: .bytes(Data(body.utf8)))
        request.headers["Content-Type"] = headers.first { $0.key.lowercased() == "content-type" }?.value
        return RequestFields.of(request)
    }
}

/// A URL as a report may show it: a `GET`'s without its query, which has the client's secret.
private enum ShownAddress {
    static func text(of request: WireRequest) -> String {
        let text = request.url.absoluteString
        return request.method == "GET" ? String(text.prefix { $0 != "?" }) : text
    }
}

extension DialectBench {
    var documents: [ConformanceCase] {
        documented.map { sample in
            ConformanceCase(
                .documentedRequests,
                "the request for \(sample.grant.type)",
                "the documented URL, headers, and fields: \(sample.url.prefix { $0 != "?" })"
            ) {
                var exchange = exchange(sample.grant, sample.credentials)
                exchange.scopes = sample.scopes(conventions)
                let request = try dialect.request(for: exchange)
                guard sample.isAt(request) else { return "the URL \(ShownAddress.text(of: request))" }
                for (name, value) in sample.headers where request.headers[name] != value {
                    return "a different value of the header \(name)"
                }
                guard let own = RequestFields.of(request), let theirs = sample.fields else {
                    return "a body that can't be read as its Content-Type says"
                }
                let (names, others) = (own.map(\.name).sorted(), theirs.map(\.name).sorted())
                guard names == others else { return "the fields \(names.joined(separator: ", "))" }
                for field in theirs where !own.contains(where: { $0 == field }) {
                    return "a different value of the field \(field.name)"
                }
                return nil
            }
        }
    }
}
