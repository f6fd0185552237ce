internal import Foundation
internal import OAuthDialects

extension DialectBench {
    var secrecy: [ConformanceCase] {
        let clause = DialectClause.secretPlaces
        return eachGrant(clause, "the client secret", "in the one place that the conventions define") { _, request in
            let places = SecretPlaces(in: request, of: Self.credentials.secret ?? "", conventions)
            guard places.all.count <= 1 else { return "in \(places.all.joined(separator: ", and in "))" }
            switch conventions.request.clientAuthentication {
            case .publicClient, .none: return places.all.isEmpty ? nil : Self.text(places)
            case .basic, .basicFormEncoded:
                return places.exact == ["the header Authorization"] ? nil : Self.text(places)
            case .body: return places.exact.first?.hasPrefix("the field") == true ? nil : Self.text(places)
            }
        }
            + eachGrant(clause, "the grant's secrets", "each in one field only") { grant, request in
                for secret in secrets(of: grant) {
                    let places = SecretPlaces(in: request, of: secret, conventions).all
                    let outside = places.filter { !$0.hasPrefix("the field") }
                    guard outside.isEmpty else { return "in \(outside.joined(separator: ", and in "))" }
                    guard places.count <= 1 else { return "in \(places.joined(separator: ", and in "))" }
                }
                return nil
            }
            + eachGrant(clause, "the URL", urls) { grant, request in
                if conventions.request.bodyEncoding == .query { return nil }
                return request.url.query() == dialect.tokenEndpoint(for: grant)?.query() ? nil : "a different query"
            }
            + eachGrant(clause, "the client id", "unchanged, in a field or in Basic only") { _, request in
                let id = Self.credentials.id
                let named = (RequestFields.of(request) ?? []).filter { JSONNames.isSame($0.name, "client_id") }
                let isInURL = conventions.request.bodyEncoding != .query && request.url.absoluteString.contains(id)
                return named.allSatisfy { $0.value == id } && !isInURL ? nil : "a different value, or in the URL"
            }
    }

    private var urls: String {
        conventions.request.bodyEncoding == .query
            ? "the endpoint and the fields" : "only the endpoint's own query: URLs end up in logs"
    }

    func secrets(of grant: Grant) -> [Secret] {
        switch grant {
        case .refreshToken(let token, _): [token.value]
        case .authorizationCode(let code, _, let verifier): [code, verifier].compactMap(\.self)
        default: []
        }
    }

    private static func text(_ places: SecretPlaces) -> String {
        if places.all.isEmpty { return "nowhere" }
        return "in \(places.all[0])\(places.exact.isEmpty ? ", not as the conventions encode it" : "")"
    }
}
