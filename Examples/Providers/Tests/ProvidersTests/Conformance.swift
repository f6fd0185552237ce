import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

extension Example {
    /// The dialect passes the conformance kit, with the clauses excused that the provider's habits break.
    func conforms(
        signedBy signer: (any RequestSigner)? = nil,
        excusing excuses: [DialectClause: String] = [:],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let report = await conformance(
            of: dialect,
            documented: try requests.compactMap { try documented($0.grant, $0.text) },
            signedBy: signer,
            excusing: excuses
        )
        #expect(report.passes, "\(report)", sourceLocation: sourceLocation)
    }

    /// The request as the kit reads it: with its fields encoded as a server decodes them; `nil` for one without fields.
    private func documented(_ grant: Grant, _ text: String) throws -> DocumentedRequest? {
        let shown = try ShownRequest(text)
        if shown.fields.isEmpty { return nil }
        let isForm = shown.headers["content-type"]?.hasSuffix("urlencoded") == true
        let body = isForm ? shown.fields.map(Self.encoded).joined(separator: "&") : shown.body
        return DocumentedRequest(
            grant,
            by: client,
            url: shown.address(Self.encoded),
            headers: shown.headers,
            body: body
        )
    }

    private static func encoded(_ field: String) -> String {
        let allowed = CharacterSet(charactersIn: "-._~").union(.alphanumerics)
        let halves = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return halves.map { $0.addingPercentEncoding(withAllowedCharacters: allowed) ?? "" }.joined(separator: "=")
    }
}
