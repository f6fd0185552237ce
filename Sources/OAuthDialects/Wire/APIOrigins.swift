public import Foundation

/// The origins a provider's tokens may be sent to: exact ones, no wildcards.
public struct APIOrigins: Sendable, Equatable {
    /// The origins that are named.
    public private(set) var origins: Set<Origin> = []

    /// What was given as a host and is none; kept so that an error can name it.
    private var unreadable: [String] = []

    /// Makes API origins of hosts, each exact.
    ///
    /// `api.example.com` means https and port 443; `api.example.com:8443` and whole origins such as `http://127.0.0.1:8080` are
    /// taken as well, plain http for loopback only.
    public init(hosts: [String] = []) {
        for host in hosts {
            let text = host.contains("://") ? host : "https://" + host
            let rest = text.dropFirst(
                text.range(of: "://").map { text.distance(from: text.startIndex, to: $0.upperBound) } ?? 0
            )
            if let origin = try? Origin(text), origin.isSecure || origin.isLoopback,
                !rest.contains(where: "/?#".contains)
            {
                origins.insert(origin)
            } else {
                unreadable.append(String(host[(host.lastIndex(of: "@") ?? host.startIndex)...]))
            }
        }
    }

    /// The same API origins with more hosts, written as ``init(hosts:)`` takes them.
    public func adding(hosts: [String]) -> Self {
        var sum = self
        let more = APIOrigins(hosts: hosts)
        sum.origins.formUnion(more.origins)
        sum.unreadable += more.unreadable
        return sum
    }

    /// The same API origins with the origin of a URL; a URL without an acceptable origin adds nothing.
    public func adding(originOf url: URL) -> Self {
        var sum = self
        if let origin = try? Origin(of: url) { sum.origins.insert(origin) }
        return sum
    }

    /// Whether a token may be sent to a URL.
    public func contains(_ url: URL) -> Bool {
        (try? check(url)) != nil
    }

    /// Throws unless a token may be sent to a URL.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/insecureEndpoint`` for a URL that is not https (or loopback
    ///   that the API origins names), ``TokenError/Code/untrustedHost`` for an origin that is not in the API origins.
    @discardableResult
    public func check(_ url: URL) throws -> Origin {
        let origin = try Origin(of: url)
        if origins.contains(origin), origin.isSecure || origin.isLoopback { return origin }
        guard origin.isSecure || origin.isLoopback else {
            throw TokenError(.insecureEndpoint, "\(origin) is not https; no token is sent there.")
        }
        let named = origins.map(\.description).sorted().joined(separator: ", ")
        let refused =
            unreadable.isEmpty ? "" : " Not understood as hosts: \(unreadable.map { ProviderText.clean($0) })."
        throw TokenError(
            .untrustedHost,
            "\(origin) is not among the API origins (\(named.isEmpty ? "no origin" : named)); no token is sent there.\(refused)",
            hint:
                "If the token belongs there, name the host when you make the dialect: apiHosts: [\"\(origin.asHost)\"]."
        )
    }
}

extension APIOrigins {
    /// Throws unless a client's secret may go to a URL: over TLS, or to a loopback origin that is named here.
    package func checkEndpoint(_ url: URL) throws {
        let origin = try Origin(of: url)
        guard origin.isSecure || (origin.isLoopback && origins.contains(origin)) else {
            throw TokenError(
                .insecureEndpoint,
                "The token endpoint \(origin) is not https.",
                hint: origin.isLoopback
                    ? "Plain http on loopback has to be named: apiHosts: [\"\(origin)\"], or .custom." : nil
            )
        }
    }
}
