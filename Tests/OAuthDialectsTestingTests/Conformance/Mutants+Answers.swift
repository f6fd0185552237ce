import Foundation
import OAuthDialects
import OAuthDialectsTesting

extension Mutant {
    private static func refusal(
        _ name: String,
        of shipped: Shipped,
        _ change: @escaping @Sendable (Refusal, WireResponse) -> Refusal?
    ) -> Self {
        Self(name, of: shipped) {
            $0.refusal = { response, base in base.refusal(in: response).flatMap { change($0, response) } }
        }
    }

    static let refusals: [Self] = [
        refusal("swallows 400", of: .tiki) { $1.status == 400 ? nil : $0 },
        refusal("sees JSON alone", of: .revenueMonster) { $1.body.first == UInt8(ascii: "{") ? $0 : nil },
        refusal("takes 200 for success, whatever it says", of: .revenueMonster) { $1.status == 200 ? nil : $0 },
        refusal("forgets the status", of: .weTix) { refusal, _ in
            var refusal = refusal
            refusal.status = 400
            return refusal
        },
        refusal("forgets Retry-After", of: .weTix) { refusal, _ in
            var refusal = refusal
            refusal.retryAfter = nil
            return refusal
        },
        Self("refuses answers without a scope", of: .weTix) {
            $0.refusal = { response, base in
                let hasScope = String(decoding: response.body, as: UTF8.self).contains("scope")
                return base.refusal(in: response) ?? (hasScope ? nil : Refusal(status: response.status))
            }
        },
        remedy("an outage ends the session", of: .weTix, .discardGrant) { $0.status >= 500 },
        remedy("a limit is called terminal", of: .revenueMonster, .fixConfiguration(hint: "")) { $0.status == 429 },
        remedy("a dead refresh token is retried", of: .tiki, .retryLater) { $0.code == "invalid_grant" },
        remedy("a dead refresh token is a configuration", of: .weTix, .fixConfiguration(hint: "")) {
            $0.code == "invalid_grant"
        },
        remedy("a wrong secret ends a person's session", of: .weTix, .discardGrant) { $0.code == "invalid_client" },
        remedy("a gateway's 403 ends a person's session", of: .tiki, .discardGrant) { $0.status == 403 },
        remedy("an unknown word ends a person's session", of: .weTix, .discardGrant) { refusal in
            ![nil, "invalid_client"].contains(refusal.code) && [200, 400, 401].contains(refusal.status)
        },
        remedy("every failure ends the session", of: .revenueMonster, .discardGrant) { _ in true },
        remedy("every failure is retried", of: .tiki, .retryLater) { _ in true },
    ]

    private static func lifetime(
        _ name: String,
        of shipped: Shipped,
        _ change: @escaping @Sendable (Duration?, WireResponse) throws -> Duration?
    ) -> Self {
        tokens(name, of: shipped) { set, response in
            var set = set
            set.lifetime = try change(set.lifetime, response)
            return set
        }
    }

    private static func text(_ response: WireResponse) -> String { String(decoding: response.body, as: UTF8.self) }

    static let readings: [Self] = [
        lifetime("lifetimes as numbers alone", of: .revenueMonster) { text($1).contains(#""expiresIn":""#) ? nil : $0 },
        lifetime("lifetimes as text alone", of: .weTix) { text($1).contains(#""expires_in":""#) ? $0 : nil },
        lifetime("milliseconds", of: .weTix) { lifetime, _ in lifetime.map { $0 / 1000 } },
        lifetime("a margin taken off", of: .tiki) { lifetime, _ in lifetime.map { $0 - .seconds(60) } },
        lifetime("at most a day", of: .revenueMonster) { lifetime, _ in lifetime.map { min($0, .seconds(86400)) } },
        lifetime("an hour where none is stated", of: .tiki) { lifetime, _ in lifetime ?? .seconds(3600) },
        lifetime("a lifetime is required", of: .tiki) { lifetime, _ in
            guard let lifetime else { throw TokenError(.unreadableAnswer, "No lifetime.") }
            return lifetime
        },
        lifetime("no lifetime is taken for none left", of: .weTix) { lifetime, _ in lifetime ?? .zero },
        tokens("a token type is required", of: .tiki) { set, response in
            guard text(response).contains("token_type") else { throw TokenError(.unreadableAnswer, "No type.") }
            return set
        },
        tokens("Bearer in its own spelling alone", of: .revenueMonster) { set, response in
            guard text(response).contains(#""Bearer""#) else { throw TokenError(.unreadableAnswer, "No Bearer.") }
            return set
        },
        tokens("the refresh token is dropped", of: .tiki) { set, _ in
            var set = set
            set.refreshToken = nil
            return set
        },
        tokens("the refresh token for the access token", of: .weTix) { set, _ in
            guard let token = set.refreshToken else { return set }
            return try TokenSet(accessToken: token.value, lifetime: set.lifetime, refreshToken: token)
        },
        tokens("an answer has to have a refresh token", of: .revenueMonster) { set, _ in
            guard set.refreshToken != nil else { throw TokenError(.unreadableAnswer, "No refresh token.") }
            return set
        },
        Self("any token type", of: .tiki) {
            $0.tokens = { response, exchange, base in
                let bearer = text(response).replacingOccurrences(of: "conformance-mac", with: "Bearer")
                return try base.tokens(in: WireResponse(status: 200, body: Data(bearer.utf8)), for: exchange)
            }
        },
        Self("a token in its error", of: .weTix) {
            $0.tokens = { response, exchange, base in
                do { return try base.tokens(in: response, for: exchange) } catch {
                    throw TokenError(.unreadableAnswer, "Unreadable: \(text(response))")
                }
            }
        },
        Self("errors of its own", of: .weTix) {
            $0.tokens = { response, exchange, base in
                do { return try base.tokens(in: response, for: exchange) } catch {
                    throw CocoaError(.coderInvalidValue)
                }
            }
        },
        Self("a token made up where there is none", of: .revenueMonster) {
            $0.tokens = { response, exchange, base in
                try (try? base.tokens(in: response, for: exchange)) ?? TokenSet(accessToken: "undefined")
            }
        },
        Self("another answer at each reading", of: .tiki) {
            $0.tokens = { response, exchange, base in
                var set = try base.tokens(in: response, for: exchange)
                set.refreshTokenLifetime = .seconds(Int64.random(in: 0...Int64.max / 4))
                return set
            }
        },
    ]

    static let resources: [Self] = [
        Self("the token in the URL", of: .tiki) {
            $0.authorize = { request, access, _ in
                request.url.append(queryItems: [URLQueryItem(name: "access_token", value: access.token.value.revealed)])
            }
        },
        Self("the token in two headers", of: .tiki) {
            $0.authorize = { request, access, base in
                try base.authorize(&request, for: access)
                request.headers["X-Access-Token"] = access.token.value.revealed
            }
        },
        Self("a header beside the older one", of: .weTix) {
            $0.authorize = { request, access, _ in
                request.headers.append("Authorization", access.token.authorizationHeader.revealed)
            }
        },
        Self("another scheme", of: .weTix) {
            $0.authorize = { request, access, _ in
                request.headers["Authorization"] = "Token " + access.token.value.revealed
            }
        },
        Self("no token", of: .weTix) { $0.authorize = { _, _, _ in } },
        Self("403 is the token's fault", of: .tiki) {
            $0.isTokenRejection = { response, _ in [401, 403].contains(response.status) }
        },
        Self("401 is not", of: .revenueMonster) { $0.isTokenRejection = { _, _ in false } },
        Self("an outage is the token's fault", of: .weTix) {
            $0.isTokenRejection = { response, _ in response.status >= 400 }
        },
    ]
}
