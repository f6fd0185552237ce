internal import Foundation
internal import OAuthDialects

extension DialectBench {
    var identity: [ConformanceCase] {
        [
            one("A dialect names itself", "name", "lowercase ASCII letters, digits, and hyphens; always the same") {
                let name = dialect.name
                let isPlain = name.utf8.allSatisfy {
                    (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
                }
                return !name.isEmpty && isPlain && name == dialect.name ? nil : name.debugDescription
            },
            one("Tokens go only to API origins", "apiOrigins", "at least one origin, each https or loopback") {
                do { try dialect.apiOrigins.checkEntries() } catch { return "\(error)" }
                let origins = dialect.apiOrigins.origins
                guard !origins.isEmpty else { return "no origin, so no API can receive its tokens" }
                return origins.allSatisfy { $0.isSecure || $0.isLoopback } ? nil : "an origin without TLS"
            },
            one("Requests (RFC 6749, section 3.2)", "tokenEndpoint(for:)", "at least one grant has an endpoint") {
                grants.isEmpty && dialect.tokenEndpoint(for: .other(type: "urn:conformance", fields: [])) == nil
                    ? "no grant has one" : nil
            },
            one(
                "Requests (RFC 6749, section 3.2)",
                "the grants that the tested provider supports",
                "each has an endpoint, at the provider's path"
            ) {
                for grant in Self.allGrants {
                    let paths = provider.rules.tokenPaths.filter { $0.value.contains(grant.type) }.keys.sorted()
                    guard !paths.isEmpty else { continue }
                    guard let endpoint = dialect.tokenEndpoint(for: grant) else { return "no URL for \(grant.type)" }
                    let path = endpoint.path(percentEncoded: true)
                    guard paths.contains(path) else { return "\(grant.type): \(path) instead of \(paths)" }
                }
                return nil
            },
        ]
            + Self.allGrants.filter { dialect.tokenEndpoint(for: $0) == nil }.map { grant in
                one(
                    "Requests (RFC 6749, section 3.2)",
                    "\(grant.type), which has no endpoint",
                    "the error unsupportedGrant"
                ) {
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
            + eachGrant(clause, "the URL", "tokenEndpoint(for:), with https, a host, and no fragment") {
                grant,
                request in
                guard request.url == dialect.tokenEndpoint(for: grant) else { return "a URL other than the endpoint" }
                try dialect.apiOrigins.checkEndpoint(request.url)
                return request.url.fragment() == nil ? nil : "a fragment"
            }
            + eachGrant(clause, "the body", "readable fields, with the Content-Type of the conventions") {
                let type =
                    dialect.conventions.bodyEncoding == .json ? "application/json" : "application/x-www-form-urlencoded"
                let own = ($1.headers["Content-Type"] ?? "").prefix { $0 != ";" }.lowercased()
                guard own == type else { return "the Content-Type \(own.isEmpty ? "missing" : own)" }
                guard let fields = RequestFields.of($1) else { return "a body that can't be read as \(type)" }
                return Set(fields.map(\.name)).count == fields.count ? nil : "a field appears twice"
            }
            + eachGrant(clause, "grant_type", "the grant's type, in a field with the conventions' name") {
                let field = (RequestFields.of($1) ?? []).first { $0.name == dialect.conventions.name("grant_type") }
                return field?.value == $0.type || isLeftOut("grant type", of: $0)
                    ? nil : field.map { "\($0.value)" } ?? "no such field"
            }
            + eachGrant(clause, "the field names", "standard names as the conventions spell them") { _, request in
                for name in (RequestFields.of(request) ?? []).map(\.name) {
                    let right = Self.standardNames.first { JSONNames.isSame($0, name) }.map(dialect.conventions.name)
                    if let right, right != name { return "\(name) instead of \(right)" }
                }
                return nil
            }
            + eachGrant(clause, "the headers", "names and values that can be sent unchanged") { _, request in
                try request.headers.check()
                return nil
            }
    }

    private static let standardNames = [
        "grant_type", "refresh_token", "code", "redirect_uri", "code_verifier", "scope", "client_id", "client_secret",
    ]
}

/// Compares names without regard to case and underscores.
enum JSONNames {
    static func isSame(_ one: String, _ other: String) -> Bool {
        one.lowercased().filter { $0 != "_" } == other.lowercased().filter { $0 != "_" }
    }
}
