internal import Foundation
public import OAuthDialects

/// A token request as a provider's document shows it, against which a dialect is held.
public struct DocumentedRequest: Sendable {
    let grant: Grant
    let credentials: ClientCredentials
    let url: String
    let headers: [String: String]
    let body: String

    /// Makes one from what a document shows, such as a `curl` command.
    ///
    /// - Parameters:
    ///   - grant: what is presented in it.
    ///   - credentials: the client that presents it.
    ///   - url: where it goes.
    ///   - headers: the headers that count, `Content-Type` among them; names without regard to case.
    ///   - body: the body; a form or a flat JSON object, whose fields may come in another order.
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
    /// The fields of its body.
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
                expected: "the document's: \(sample.url), its headers and fields"
            ) {
                let exchange = TokenExchange(grant: sample.grant, credentials: sample.credentials, date: Self.date)
                let request = try dialect.request(for: exchange)
                guard request.url.absoluteString == sample.url else { return "the URL \(request.url.absoluteString)" }
                for (name, value) in sample.headers where request.headers[name] != value {
                    return "another value of the header \(name)"
                }
                guard let own = RequestFields.of(request), let theirs = sample.fields else {
                    return "a body that can't be read as its Content-Type says"
                }
                let (names, others) = (own.map(\.name).sorted(), theirs.map(\.name).sorted())
                guard names == others else { return "the fields \(names.joined(separator: ", "))" }
                for field in theirs where !own.contains(where: { $0 == field }) {
                    return "another value of the field \(field.name)"
                }
                return nil
            }
        }
    }
}
