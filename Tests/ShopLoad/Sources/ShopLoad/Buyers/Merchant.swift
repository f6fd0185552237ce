import Foundation
import OAuthDialects

/// Connects the merchant's accounts, as the merchant's browser does.
struct Merchant {
    private var visitor: Visitor

    init(at shop: URL, password: String, _ figures: Figures) {
        visitor = Visitor(at: shop, figures, password: password)
    }

    /// Goes to a provider's consent page, allows everything, and comes back.
    mutating func connect(_ provider: String) async throws {
        let begun = try await visitor.post("/connect/\(provider)", as: "connect")
        guard let consent = begun.location, visitor.path(of: consent) == nil else {
            throw Visitor.Failure(kind: "HTTP \(begun.status) at connect")
        }
        let page = try await visitor.get(consent, as: "consent")
        let scopes = Markup.tags("input", in: page.text).filter { $0["name"] == "scope" }.compactMap { $0["value"] }
        let fields = scopes.map { ("scope", $0) } + [("decision", "allow")]
        let allowed = try await visitor.post(to: consent, fields, as: "consent")
        guard let callback = allowed.location.flatMap({ visitor.path(of: $0) }) else {
            throw Visitor.Failure(kind: "HTTP \(allowed.status) at consent")
        }
        let ended = try await visitor.get(callback, as: "connect")
        guard ended.location?.query() == "\(provider)=connected" else {
            throw Visitor.Failure(kind: "HTTP \(ended.status) at callback of \(provider)")
        }
    }
}
