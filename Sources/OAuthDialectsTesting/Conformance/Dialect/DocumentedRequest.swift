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
    ///   - url: the URL of the request.
    ///   - headers: the headers to compare, including `Content-Type`; names are case-insensitive.
    ///   - body: the body, a form or a flat JSON object; the order of its fields does not matter.
    public init(
        _ grant: Grant,
        by credentials: ClientCredentials,
        url: String,
        headers: [String: String],
        body: String
    ) {
        self.grant = grant
        self.credentials = credentials
        self.url = url
        self.headers = headers
        self.body = body
    }
}

extension DocumentedRequest {
    /// The fields of the body; `nil` if the body does not match its `Content-Type`.
    var fields: [(name: String, value: String)]? {
        guard let url = URL(string: url) else { return nil }
        var request = WireRequest("POST", url, body: .bytes(Data(body.utf8)))
        request.headers["Content-Type"] = headers.first { $0.key.lowercased() == "content-type" }?.value
        return RequestFields.of(request)
    }
}

extension DialectBench {
    var documents: [ConformanceCase] {
        documented.map { sample in
            ConformanceCase(
                clause: "As documented",
                tried: "the request for \(sample.grant.type)",
                expected: "the documented URL, headers, and fields: \(sample.url)"
            ) {
                let exchange = TokenExchange(grant: sample.grant, credentials: sample.credentials, date: Self.date)
                let request = try dialect.request(for: exchange)
                guard request.url.absoluteString == sample.url else { return "the URL \(request.url.absoluteString)" }
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
