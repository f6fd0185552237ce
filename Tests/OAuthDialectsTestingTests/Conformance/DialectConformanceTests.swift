import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct DialectConformanceTests {
    @Test(arguments: Shipped.all)
    func `A shipped dialect is right`(shipped: Shipped) async {
        let report = await shipped.report()
        #expect(report.passes, "\(report)")
        #expect(report.checks.contains { $0.name == DialectClause.clientSessions.name } && report.checks.count > 250)
        #expect(report.checks.contains { $0.name == DialectClause.quotedSecrets.name })
    }

    @Test(arguments: Shipped.all)
    func `It is right by its own conventions as well, and beneath overrides that change nothing`(shipped: Shipped) async
    {
        let report = await conformance(of: shipped.dialect.overriding { _ in }, wrapping: shipped.dialect)
        #expect(report.passes, "\(report)")
        #expect(report.checks.contains { $0.name == DialectClause.forwarding.name })
    }

    @Test func `RFC 6749 as it stands is right`() async {
        let dialect = StandardDialect(
            name: "acme",
            tokenEndpoint: URL(string: "https://acme.example/token")!,
            apiHosts: ["api.acme.example"],
            authorizationEndpoint: URL(string: "https://acme.example/authorize?tenant=1")!,
            revocationEndpoint: URL(string: "https://acme.example/revoke")!
        )
        let report = await conformance(of: dialect)
        #expect(report.passes, "\(report)")
    }

    @Test(arguments: [WireConventions.TokenRequest.BodyEncoding.form, .json])
    func `A public client is right`(_ encoding: WireConventions.TokenRequest.BodyEncoding) async {
        let dialect = StandardDialect(
            name: "acme",
            tokenEndpoint: URL(string: "https://acme.example/token")!,
            apiHosts: ["api.acme.example"],
            authorizationEndpoint: URL(string: "https://acme.example/authorize")!,
            conventions: WireConventions {
                $0.request.bodyEncoding = encoding
                $0.request.clientAuthentication = .publicClient
            }
        )
        let report = await conformance(of: dialect)
        #expect(report.passes, "\(report)")
    }
}
