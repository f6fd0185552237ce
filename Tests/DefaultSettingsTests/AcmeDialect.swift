import Foundation
import OAuthDialects

struct AcmeDialect: ProviderDialect {
    let name = "acme"
    let conventions = WireConventions { $0.request.bodyEncoding = .json }
    let apiOrigins: APIOrigins = ["api.acme.example"]
    func tokenEndpoint(for grant: Grant) -> URL? { URL(string: "https://auth.acme.example/oauth/token") }
}
