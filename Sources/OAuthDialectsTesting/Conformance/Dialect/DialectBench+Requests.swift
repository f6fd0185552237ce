internal import Foundation
internal import OAuthDialects

extension DialectBench {
    var identity: [ConformanceCase] {
        [
            one(.name, "name", "lowercase ASCII letters, digits, and hyphens; always the same") {
                let name = dialect.name
                let isPlain = name.utf8.allSatisfy {
                    (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
                }
                return !name.isEmpty && isPlain && name == dialect.name ? nil : name.debugDescription
            },
            one(.apiOrigins, "apiOrigins", "at least one origin, each https or loopback") {
                do { try dialect.apiOrigins.checkEntries() } catch { return "\(error)" }
                let origins = origins.origins
                guard !origins.isEmpty else { return "no origin, so no API can receive its tokens" }
                return origins.allSatisfy { $0.isSecure || $0.isLoopback } ? nil : "an origin without TLS"
            },
            foreignOrigins,
            one(.tokenEndpoints, "tokenEndpoint(for:)", "at least one grant has an endpoint") {
                grants.isEmpty && dialect.tokenEndpoint(for: .other(type: "urn:conformance", fields: [])) == nil
                    ? "no grant has one" : nil
            },
            one(
                .tokenEndpoints,
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
                    .tokenEndpoints,
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

    /// How the conventions send the fields of a request.
    private var sendsInQuery: Bool { conventions.request.bodyEncoding == .query }

    var requests: [ConformanceCase] {
        let method = conventions.httpMethod
        return eachGrant(.requestTarget, "the method", method) { _, request in
            request.method == method ? nil : request.method
        }
            + eachGrant(.requestTarget, "the URL", "tokenEndpoint(for:), with https, a host, and no fragment") {
                grant,
                request in
                let endpoint = dialect.tokenEndpoint(for: grant)
                let isThere = sendsInQuery ? endpoint.map { request.isAt($0) } ?? false : request.url == endpoint
                guard isThere else { return "a URL other than the endpoint" }
                try dialect.apiOrigins.checkEndpoint(request.url)
                return request.url.fragment() == nil ? nil : "a fragment"
            }
            + eachGrant(.requestTarget, "the headers", "names and values that can be sent unchanged") { _, request in
                try request.headers.check()
                return nil
            }
            + eachGrant(.requestBody, "the fields", "readable, each once, encoded as the conventions say", encoding)
            + eachGrant(.fieldNames, "grant_type", "the grant's type, in a field with the conventions' name") {
                let field = (RequestFields.of($1) ?? []).first { $0.name == conventions.name("grant_type") }
                if conventions.request.omitted.contains(.grantType) {
                    return field == nil ? nil : "the field \(conventions.name("grant_type"))"
                }
                let type = conventions.value("grant_type", $0.type)
                return field?.value == type || isLeftOut("grant type", of: $0)
                    ? nil : field.map { "\($0.value)" } ?? "no such field"
            }
            + eachGrant(.fieldNames, "the field names", "standard names as the conventions spell them") { _, request in
                let own = Set(Self.standardNames.map { conventions.name($0) })
                for name in (RequestFields.of(request) ?? []).map(\.name) where !own.contains(name) {
                    let right = Self.standardNames.first { JSONNames.isSame($0, name) }.map { conventions.name($0) }
                    if let right { return "\(name) instead of \(right)" }
                }
                return nil
            }
            + conventionalFields
    }

    private func encoding(_ grant: Grant, _ request: WireRequest) -> String? {
        let isJSON = conventions.request.bodyEncoding == .json
        let type = isJSON ? "application/json" : "application/x-www-form-urlencoded"
        let own = (request.headers["Content-Type"] ?? "").prefix { $0 != ";" }.lowercased()
        if request.method != "GET", own.isEmpty, request.body?.data.isEmpty ?? true {
            // A request that the conventions leave without a field; other clauses miss the fields of any other request.
            return nil
        }
        if sendsInQuery {
            guard request.body?.data.isEmpty ?? true else { return "a body, although GET requests have none" }
        } else if own != type {
            return "the Content-Type \(own.isEmpty ? "missing" : own)"
        }
        guard let fields = RequestFields.of(request) else {
            return sendsInQuery ? "a query that can't be decoded" : "a body that can't be read as \(type)"
        }
        return Set(fields.map(\.name)).count == fields.count ? nil : "a field appears twice"
    }

    /// The fields that the conventions add, omit, or repeat.
    private var conventionalFields: [ConformanceCase] {
        eachGrant(.requestFields, "the fields that the conventions add", "each with its value") { _, request in
            let fields = RequestFields.of(request) ?? []
            return conventions.request.added.first { added in
                !fields.contains { $0.name == added.name && $0.value == added.value.revealed }
            }.map { "no field \($0.name) with that value" }
        }
            + eachGrant(.requestFields, "the fields that the conventions omit", "none of them") { _, request in
                let added = conventions.request.added.map(\.name)
                let omitted = conventions.request.omitted.map(conventions.name).filter { !added.contains($0) }
                return (RequestFields.of(request) ?? []).first { omitted.contains($0.name) }.map {
                    "the field \($0.name)"
                }
            }
            + eachGrant(.requestFields, "the client id", "in a field, if the conventions say so") { grant, request in
                let fields = RequestFields.of(request) ?? []
                let isThere = fields.contains {
                    $0.name == conventions.name("client_id") && $0.value == Self.credentials.id
                }
                return isThere || !needsClientID(grant) ? nil : "no field \(conventions.name("client_id"))"
            }
    }

    private func needsClientID(_ grant: Grant) -> Bool {
        switch conventions.request.clientAuthentication {
        case .publicClient, .body: true
        case .basic, .basicFormEncoded: conventions.request.repeatsClientID && grant.type != "client_credentials"
        case .none: false
        }
    }

    private static let standardNames = [
        "grant_type", "refresh_token", "code", "redirect_uri", "code_verifier", "scope", "client_id", "client_secret",
    ]
}

extension WireRequest {
    /// Whether a request goes to an endpoint, with fields in the query beside those of the endpoint's own URL.
    fileprivate func isAt(_ endpoint: URL) -> Bool {
        let (own, start) = (url.absoluteString, endpoint.absoluteString)
        let next = own.dropFirst(start.count).first
        return own == start || own.hasPrefix(start) && (next == "?" || next == "&" || start.hasSuffix("?"))
    }
}

/// Compares names without regard to case and underscores.
enum JSONNames {
    static func isSame(_ one: String, _ other: String) -> Bool {
        one.lowercased().filter { $0 != "_" } == other.lowercased().filter { $0 != "_" }
    }
}
