internal import Foundation
internal import OAuthDialects

extension DialectBench {
    var identity: [ConformanceCase] {
        [
            one("A dialect names itself", "name", "stable lower-case ASCII") {
                let name = dialect.name
                let isPlain = name.utf8.allSatisfy {
                    (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
                }
                return !name.isEmpty && isPlain && name == dialect.name ? nil : name.debugDescription
            },
            one("A token goes only where it belongs", "apiOrigins", "at least one origin, each https or loopback") {
                do { try dialect.apiOrigins.checkEntries() } catch { return "\(error)" }
                let origins = dialect.apiOrigins.origins
                guard !origins.isEmpty else { return "no origin: its tokens could be sent nowhere" }
                return origins.allSatisfy { $0.isSecure || $0.isLoopback } ? nil : "an origin without TLS"
            },
            one("Requests (RFC 6749, section 3.2)", "tokenEndpoint(for:)", "at least one grant has an endpoint") {
                grants.isEmpty && dialect.tokenEndpoint(for: .other(type: "urn:conformance", fields: [])) == nil
                    ? "none has" : nil
            },
            one(
                "Requests (RFC 6749, section 3.2)",
                "the grants of the provider that plays it",
                "each has an endpoint, at the path where the provider takes it"
            ) {
                for grant in Self.allGrants {
                    let paths = provider.rules.tokenPaths.filter { $0.value.contains(grant.type) }.keys.sorted()
                    guard !paths.isEmpty else { continue }
                    guard let endpoint = dialect.tokenEndpoint(for: grant) else { return "none for \(grant.type)" }
                    let path = endpoint.path(percentEncoded: true)
                    guard paths.contains(path) else { return "\(grant.type): \(path) for \(paths)" }
                }
                return nil
            },
        ]
            + Self.allGrants.filter { dialect.tokenEndpoint(for: $0) == nil }.map { grant in
                one("Requests (RFC 6749, section 3.2)", "\(grant.type), which has no endpoint", "unsupportedGrant") {
                    do {
                        _ = try request(grant)
                        return "a request"
                    } catch let error as TokenError {
                        return error.code == .unsupportedGrant ? nil : "\(error.code)"
                    }
                }
            }
    }

    var requests: [ConformanceCase] {
        let clause = "Requests (RFC 6749, section 3.2)"
        return eachGrant(clause, "the method", "POST") { _, request in
            request.method == "POST" ? nil : request.method
        }
            + eachGrant(clause, "the URL", "tokenEndpoint(for:), https, with a host and no fragment") {
                grant,
                request in
                guard request.url == dialect.tokenEndpoint(for: grant) else { return "another URL than the endpoint" }
                try dialect.apiOrigins.checkEndpoint(request.url)
                return request.url.fragment() == nil ? nil : "a fragment"
            }
            + eachGrant(clause, "the body", "fields that its Content-Type, the conventions' own, can be read by") {
                let type =
                    dialect.conventions.bodyEncoding == .json ? "application/json" : "application/x-www-form-urlencoded"
                let own = ($1.headers["Content-Type"] ?? "").prefix { $0 != ";" }.lowercased()
                guard own == type else { return "the Content-Type \(own.isEmpty ? "missing" : own)" }
                guard let fields = RequestFields.of($1) else { return "a body that can't be read as \(type)" }
                return Set(fields.map(\.name)).count == fields.count ? nil : "a field twice"
            }
            + eachGrant(clause, "grant_type", "the grant's type, in a field as the conventions spell it") {
                let field = (RequestFields.of($1) ?? []).first { $0.name == dialect.conventions.name("grant_type") }
                return field?.value == $0.type || isLeftOut("grant type", of: $0)
                    ? nil : field.map { "\($0.value)" } ?? "no such field"
            }
            + eachGrant(clause, "the fields' names", "standard names as the conventions spell them") { _, request in
                for name in (RequestFields.of(request) ?? []).map(\.name) {
                    let right = Self.standardNames.first { JSONNames.isSame($0, name) }.map(dialect.conventions.name)
                    if let right, right != name { return "\(name) for \(right)" }
                }
                return nil
            }
            + eachGrant(clause, "the headers", "what can be sent as it is") { _, request in
                try request.headers.check()
                return nil
            }
    }

    private static let standardNames = [
        "grant_type", "refresh_token", "code", "redirect_uri", "code_verifier", "scope", "client_id", "client_secret",
    ]
}

/// Names that differ in case and `_` alone.
enum JSONNames {
    static func isSame(_ one: String, _ other: String) -> Bool {
        one.lowercased().filter { $0 != "_" } == other.lowercased().filter { $0 != "_" }
    }
}
