import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// Members that compile and are not what their author means.
@Suite(.timeLimit(.minutes(1)))
struct MemberTests {
    private struct Forced: ProviderDialect {
        let name = "forced"
        let apiOrigins: APIOrigins = ["api.forced.example"]
        let authorizationEndpoint = URL(string: "https://forced.example/authorize")!
        let revocationEndpoint = URL(string: "https://forced.example/revoke")
        let issuer = "https://forced.example"

        func tokenEndpoint(for grant: Grant) -> URL? { URL(string: "https://forced.example/token") }
    }

    private struct RevokedByPath: ProviderDialect {
        let name = "by-path"
        let apiOrigins: APIOrigins = ["api.by-path.example"]

        func tokenEndpoint(for grant: Grant) -> URL? { URL(string: "https://by-path.example/token") }

        func revocationRequest(for tokens: TokenSet, by client: ClientCredentials) throws -> WireRequest? {
            URL(string: "https://by-path.example/tokens/\(tokens.accessToken.revealed)").map {
                WireRequest("DELETE", $0)
            }
        }
    }

    @Test func `A property of another type than the member's is reported`() async {
        let failures = await conformance(of: Forced()).failures
        #expect(Set(failures.map(\.name)) == [DialectClause.memberTypes.name])
        #expect(failures.map(\.tried) == ["authorizationEndpoint", "issuer"])
    }

    @Test func `A token in the path of a revocation is reported`() async {
        let failures = await conformance(of: RevokedByPath()).failures
        #expect(failures.map(\.name) == [DialectClause.redaction.name], "\(failures)")
    }
}
