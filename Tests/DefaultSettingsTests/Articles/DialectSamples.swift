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
        conventions: WireConventions {
            $0.request.bodyEncoding = .json
            $0.request.clientAuthentication = .body
            $0.refreshTokenRotation = .rotates
        }
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
        switch (refusal.status, refusal.foldedCode) {
        case (_, "maintenance"): .retryLater
        case (400, "refreshexpired"): .discardGrant
        case (403, "merchantsuspended"):
            .fixConfiguration(hint: "Ask Harbour to reactivate it.")
        default: .standard(for: refusal, of: exchange)
        }
    }
}

private func excuse() async {
    let report = await conformance(
        of: HarbourDialect(),
        excusing: [.tokenRejections: "Harbour answers 403 to an old token."]
    )
    _ = report
}

@Test func harbour() async {
    let report = await conformance(of: HarbourDialect())
    #expect(report.passes, "\(report)")
}

/// Lantern: tokens in an object, its own names, refusals at status 200.
private struct LanternDialect: ProviderDialect {
    let name = "lantern"
    let apiOrigins: APIOrigins = ["api.lantern.example"]
    let conventions = WireConventions {
        $0.request.clientAuthentication = .body
        $0.request.names = [.clientID: "app_key"]
        $0.answer.containers = ["data"]
        $0.answer.names = [.expiresIn: "expire"]
        $0.answer.extras = ["shop_id"]
        $0.refusal.success = .init("code", 0)
        $0.refusal.remedies = ["10012": .discardGrant]
    }

    func tokenEndpoint(for grant: Grant) -> URL? {
        URL(string: "https://auth.lantern.example/token")
    }
}

extension LanternDialect {
    func apiOrigins(for extras: [String: Secret]) throws -> APIOrigins {
        try apiOrigins.adding("api_host", of: extras, under: ["lantern.example"])
    }
}

@Test func lantern() async {
    let report = await conformance(of: LanternDialect())
    #expect(report.passes, "\(report)")
}
