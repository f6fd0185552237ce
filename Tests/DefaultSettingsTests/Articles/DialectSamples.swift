import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

// The code of the articles on dialects, word for word.

private func choose(_ gateway: URL, _ tokenEndpoint: URL) throws {
    let sandbox = TokenSession(
        dialect: .weTix(.sandbox),
        credentials: try .environment("WETIX")
    )
    let inTheBody: TikiDialect = .tiki(.production, authentication: .body)
    let behindAGateway: RevenueMonsterDialect = .revenueMonster(
        .custom(gateway),
        apiHosts: ["open.revenuemonster.my"]
    )
    let acme: StandardDialect = .standard(
        name: "acme",
        tokenEndpoint: tokenEndpoint,
        apiHosts: ["api.acme.example"],
        conventions: WireConventions(
            bodyEncoding: .json,
            clientAuthentication: .body,
            refreshTokenRotation: .rotates
        )
    )
    let patient = WeTixDialect.weTix(.production).overriding {
        $0.remedy = { refusal, exchange, base in
            refusal.status == 403
                ? .retryLater
                : base.remedy(for: refusal, of: exchange)
        }
    }
    _ = (sandbox, inTheBody, behindAGateway, acme, patient)
}

/// Harbour Tickets: RFC 6749, and nothing else.
private struct HarbourDialect: ProviderDialect {
    let name = "harbour"
    let apiOrigins: APIOrigins = ["api.harbour.example"]

    func tokenEndpoint(for grant: Grant) -> URL? {
        URL(string: "https://login.harbour.example/oauth/token")
    }
}

extension HarbourDialect {
    func remedy(for refusal: Refusal, of exchange: TokenExchange) -> Remedy {
        switch refusal.foldedCode {
        case "maintenance": .retryLater
        case "refreshexpired": .discardGrant
        case "merchantsuspended": .fixConfiguration(hint: "Ask Harbour to reactivate it.")
        default: .standard(for: refusal, of: exchange)
        }
    }
}

@Test func harbour() async {
    let report = await conformance(of: HarbourDialect())
    #expect(report.passes, "\(report)")
}
