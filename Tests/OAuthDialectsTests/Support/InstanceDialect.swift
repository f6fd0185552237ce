import Foundation
import OAuthDialects

/// A provider whose answers name the host of the API.
struct InstanceDialect: ProviderDialect {
    let name = "instance"
    let conventions = WireConventions {
        $0.answer.extras = ["instance_url"]
        $0.answer.secretExtras = ["shop_key"]
    }
    let apiOrigins: APIOrigins = ["login.acme.com"]

    func tokenEndpoint(for grant: Grant) -> URL? { URL(string: "https://login.acme.com/token") }

    func apiOrigins(for extras: [String: Secret]) throws -> APIOrigins {
        try apiOrigins.adding("instance_url", of: extras, under: ["acme.com", "force.com"])
    }
}

extension WireResponse {
    /// A token answer with more members.
    static func tokens(_ access: String, refresh: String? = nil, saying extras: [String: String]) -> WireResponse {
        let refresh = refresh.map { #","refresh_token":"\#($0)""# } ?? ""
        let more = extras.map { #","\#($0)":"\#($1)""# }.joined()
        return .json(200, #"{"access_token":"\#(access)","token_type":"Bearer","expires_in":3600\#(refresh)\#(more)}"#)
    }
}
