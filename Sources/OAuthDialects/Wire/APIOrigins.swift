public import Foundation

/// The origins a provider's tokens may be sent to, each named exactly: `["api.example.com", "api.example.com:8443"]`.
///
/// `api.example.com` means https on port 443. Whole origins such as `http://127.0.0.1:8080` are accepted too; plain http only
/// for loopback. Wildcards are not supported. A session with an entry that is not an origin sends nothing: it throws a
/// ``TokenError`` that names the entry.
public struct APIOrigins: Sendable, Equatable, ExpressibleByArrayLiteral {
    /// The origins that are named.
    package private(set) var origins: Set<Origin> = []

    /// The entries that are not origins.
    private var invalidEntries: [String] = []

    /// Creates API origins from hosts, each named exactly.
    public init(_ hosts: [String]) {
        for host in hosts {
            if let origin = Self.origin(host) {
                origins.insert(origin)
            } else {
                // User info may be a password.
                invalidEntries.append(String(host[(host.lastIndex(of: "@") ?? host.startIndex)...]))
            }
        }
    }

    public init(arrayLiteral hosts: String...) {
        self.init(hosts)
    }

    private static func origin(_ host: String) -> Origin? {
        let text = host.contains("://") ? host : "https://" + host
        let rest = text.range(of: "://").map { text[$0.upperBound...] } ?? ""
        guard !rest.contains(where: "/?#".contains), let origin = try? Origin(text) else { return nil }
        return origin.isSecure || origin.isLoopback ? origin : nil
    }

    /// The same API origins and more hosts.
    package func adding(_ hosts: [String]) -> Self {
        var sum = self
        let more = APIOrigins(hosts)
        sum.origins.formUnion(more.origins)
        sum.invalidEntries += more.invalidEntries
        return sum
    }

    mutating func formUnion(_ other: APIOrigins, without own: APIOrigins) {
        origins.formUnion(other.origins.subtracting(own.origins))
        invalidEntries += other.invalidEntries.filter { !own.invalidEntries.contains($0) }
    }

    /// The same API origins and the origin of a URL; a URL without a valid origin adds nothing.
    package func adding(originOf url: URL) -> Self {
        var sum = self
        if let origin = try? Origin(of: url) { sum.origins.insert(origin) }
        return sum
    }

    /// Whether a token may be sent to a URL.
    package func contains(_ url: URL) -> Bool {
        (try? check(url)) != nil
    }

    /// Throws unless a token may be sent to a URL.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/insecureEndpoint`` for a URL that is neither https nor loopback,
    ///   ``TokenError/Code/untrustedHost`` for an origin that is not named, or if an entry is not an origin.
    public func check(_ url: URL) throws {
        try checkEntries()
        let origin = try Origin(carryingSecretsTo: url)
        guard !origins.contains(origin) else { return }
        let named = origins.map(\.description).sorted().joined(separator: ", ")
        throw TokenError(
            .untrustedHost,
            "\(origin) is not one of the API origins (\(named.isEmpty ? "none" : named)); the token was not sent.",
            hint:
                "If the token may be sent there, name the host when you make the dialect: apiHosts: [\"\(origin.asHost)\"]."
        )
    }

    /// Throws unless the client's secret may be sent to a token or revocation endpoint: over https, or to a loopback origin
    /// that the API origins name.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/insecureEndpoint``, or with ``TokenError/Code/untrustedHost`` if
    ///   an entry is not an origin.
    package func checkEndpoint(_ url: URL) throws {
        try checkEntries()
        let origin = try Origin(carryingSecretsTo: url)
        guard origin.isSecure || origins.contains(origin) else {
            throw TokenError(
                .insecureEndpoint,
                "The endpoint at \(origin) is not https; the request was not sent.",
                hint: "To use plain http on loopback, name the origin: apiHosts: [\"\(origin)\"], or use .custom."
            )
        }
    }

    /// Throws if an entry is not an origin.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/untrustedHost`` that names the entries.
    package func checkEntries() throws {
        guard !invalidEntries.isEmpty else { return }
        let shown = invalidEntries.map { "\"\(ProviderText.clean($0))\"" }.joined(separator: ", ")
        throw TokenError(
            .untrustedHost,
            "Not a valid API origin: \(shown). Nothing was sent.",
            hint: "Write each as a host, such as api.example.com or api.example.com:8443, without a wildcard or a path."
        )
    }
}
