import Foundation
import OAuthDialects
import OAuthDialectsTesting

extension Mutant {
    private static func at(_ name: String, of shipped: Shipped, _ url: String, for type: String? = nil) -> Self {
        Self(name, of: shipped) {
            $0.tokenEndpoint = { grant, base in
                guard type == nil || type == grant.type else { return base.tokenEndpoint(for: grant) }
                return url.isEmpty ? nil : URL(string: url)
            }
        }
    }

    static let endpoints: [Self] = [
        at("refreshes at the token endpoint", of: .weTix, "https://sb-oauth.wetix.my/auth/token", for: "refresh_token"),
        at(
            "the host of stale documents",
            of: .weTix,
            "https://sb-oauth2.wetix.my/auth/token",
            for: "client_credentials"
        ),
        at("plain http", of: .weTix, "http://sb-oauth.wetix.my/auth/token", for: "client_credentials"),
        at("no version in the path", of: .revenueMonster, "https://sb-oauth.revenuemonster.my/token"),
        at("production for sandbox", of: .revenueMonster, "https://oauth.revenuemonster.my/v1/token"),
        at("a slash at the end", of: .tiki, "https://api.tiki.vn/sc/oauth2/token/"),
        at("an endpoint without a host", of: .tiki, "https:/sc/oauth2/token"),
        at("a fragment in the endpoint", of: .tiki, "https://api.tiki.vn/sc/oauth2/token#x"),
        at("refreshing is lost", of: .tiki, "", for: "refresh_token"),
        at("the code grant is lost", of: .revenueMonster, "", for: "authorization_code"),
        request("sends by GET", of: .tiki) { request, _ in request.method = "GET" },
        request("sends elsewhere than its endpoint", of: .weTix) { request, _ in
            request.url = URL(string: "https://evil.example/auth/token")!
        },
        Self("people sign in over plain http", of: .tiki) {
            $0.authorizationEndpoint = URL(string: "http://api.tiki.vn/oauth2/auth")!
        },
        Self("names no host for its tokens", of: .weTix) { $0.apiOrigins = APIOrigins([]) },
        Self("a name in capitals", of: .weTix) { $0.name = "WeTix" },
    ]

    static let spellings: [Self] = [
        conventions("snake case", of: .revenueMonster) { $0.request.fieldNaming = .snakeCase },
        conventions("camel case", of: .weTix) { $0.request.fieldNaming = .camelCase },
        conventions("a form", of: .weTix) { $0.request.bodyEncoding = .form },
        conventions("JSON", of: .tiki) { $0.request.bodyEncoding = .json },
        conventions("scopes by spaces", of: .revenueMonster) { $0.scopeSeparator = " " },
        conventions("scopes by commas", of: .tiki) { $0.scopeSeparator = "," },
        fields("one field in the other spelling", of: .revenueMonster) { fields in
            fields.map { $0.name == "grantType" ? $0.renamed("grant_type") : $0 }
        },
        fields("refreshToken in camel case alone", of: .weTix) { fields in
            fields.map { $0.name == "refresh_token" ? $0.renamed("refreshToken") : $0 }
        },
        fields("redirect_url", of: .tiki) { fields in
            fields.map { $0.name == "redirect_uri" ? $0.renamed("redirect_url") : $0 }
        },
        fields("auth_code, as a heading has it", of: .revenueMonster) { fields in
            fields.map { $0.value == "authorization_code" ? $0.valued("auth_code") : $0 }
        },
        fields("a field twice", of: .tiki) { fields in fields + fields.prefix(1) },
        fields("scopes are dropped", of: .tiki) { fields in fields.filter { $0.name != "scope" } },
        fields("an empty scope", of: .tiki) { fields in
            fields.contains { $0.name == "scope" } ? fields : fields + [WireField("scope", "")]
        },
        fields("the code is dropped", of: .tiki) { fields in fields.filter { $0.name != "code" } },
        request("JSON by its media type alone", of: .tiki) { request, _ in
            request.headers["Content-Type"] = "application/json"
        },
    ]

    static let encodings: [Self] = [
        conventions("Basic as it is, where it is decoded", of: .tiki) { $0.request.clientAuthentication = .basic },
        conventions("Basic encoded, where it is not decoded", of: .weTix) {
            $0.request.clientAuthentication = .basicFormEncoded
        },
        conventions("the client in the body of an app registered for Basic", of: .tiki) {
            $0.request.clientAuthentication = .body
        },
        bytes("a bare +, as URLComponents leaves it", of: .tiki) { $0.replacingOccurrences(of: "%2B", with: "+") },
        bytes("encoded twice", of: .tikiBody) { $0.replacingOccurrences(of: "%", with: "%25") },
        bytes("JSON put together without escapes", of: .weTix) { $0.replacingOccurrences(of: #"\""#, with: #"""#) },
        bytes("a body without its last byte", of: .revenueMonster) { String($0.dropLast()) },
        request("Basic in Base64's other alphabet", of: .tiki) { request, _ in
            let header = request.headers["Authorization"]?.replacingOccurrences(of: "=", with: "")
            request.headers["Authorization"] = header?.replacingOccurrences(of: "/", with: "_")
        },
        request("the secret in lower case", of: .tikiBody) { request, exchange in
            guard case .form(let fields) = request.body else { return }
            request.body = .form(
                fields.map { $0.name == "client_secret" ? $0.valued($0.value.revealed.lowercased()) : $0 }
            )
        },
        request("a nonce in each request", of: .revenueMonster) { request, _ in
            request.headers["X-Nonce"] = "\(UInt64.random(in: .min ... .max))"
        },
    ]

    static let leaks: [Self] = [
        request("the secret in the header and in the body", of: .tiki) { request, exchange in
            guard case .form(let fields) = request.body, let secret = exchange.credentials.secret else { return }
            request.body = .form(fields + [WireField("client_secret", secret: secret)])
        },
        request("the secret in a header of its own besides", of: .weTix) { request, exchange in
            request.headers["X-Client-Secret"] = exchange.credentials.secret.map { FormStub.encode($0.revealed) }
        },
        request("the secret in the URL", of: .weTix) { request, exchange in
            let secret = FormStub.encode(exchange.credentials.secret?.revealed ?? "")
            request.url = URL(string: request.url.absoluteString + "?client_secret=" + secret) ?? request.url
        },
        request("what is presented in the URL", of: .revenueMonster) { request, exchange in
            guard case .refreshToken(let token, _) = exchange.grant else { return }
            let text = "?refreshToken=" + FormStub.encode(token.value.revealed)
            request.url = URL(string: request.url.absoluteString + text) ?? request.url
        },
        request("the refresh token as a Bearer token", of: .tikiBody) { request, exchange in
            guard case .refreshToken(let token, _) = exchange.grant else { return }
            request.headers["Authorization"] = "Bearer " + token.value.revealed
        },
        fields("prints the secret", of: .tikiBody) { fields in
            fields.map { $0.name == "client_secret" ? WireField($0.name, $0.value.revealed) : $0 }
        },
        fields("prints what is presented", of: .weTix) { fields in
            fields.map { $0.isSecret ? WireField($0.name, $0.value.revealed) : $0 }
        },
    ]
}

/// Percent-encoding for URLs that should not exist.
enum FormStub {
    static func encode(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
