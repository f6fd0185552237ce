package import Foundation

/// Scheme, host and port of a URL, read from its text: the only part of it that decides where bytes go.
///
/// A host is accepted only as `[A-Za-z0-9.-]` or a bracketed IPv6 literal, because `http://127%2e0%2e0%2e1/` reads one way
/// and connects another.
package struct Origin: Sendable, Hashable, CustomStringConvertible {
    /// Whether it is `https`.
    package let isSecure: Bool

    /// The host in ASCII lower case; an IPv6 literal keeps its brackets.
    package let host: String

    /// The port, 443 for https and 80 for http unless stated.
    package let port: Int

    /// Reads the origin of a URL.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/insecureEndpoint`` if the scheme is neither `https` nor
    ///   `http`, if there is no host, or if the host is written in a way that is not accepted.
    package init(of url: URL) throws {
        try self.init(url.absoluteString)
    }

    /// Reads `https://host:port` and ignores what follows; by bytes, as the transport that connects does.
    init(_ text: String) throws {
        let bytes = Array(text.utf8)
        let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
        guard bytes[colon...].starts(with: [0x3A, 0x2F, 0x2F]) else {
            throw Self.refusal("has no scheme and host", text)
        }
        let scheme = Self.lowercase(bytes[..<colon])
        guard scheme == "https" || scheme == "http" else {
            throw Self.refusal("is not https", text)
        }
        let rest = bytes[(colon + 3)...]
        let end = rest.firstIndex(where: Self.endsAuthority) ?? rest.endIndex
        guard rest[end...].first != UInt8(ascii: "\\"), !rest[..<end].contains(UInt8(ascii: "@")) else {
            throw Self.refusal("has user information or a backslash", text)
        }
        isSecure = scheme == "https"
        (host, port) = try Self.hostAndPort(rest[..<end], defaultPort: isSecure ? 443 : 80, in: text)
    }

    private static func lowercase(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.map(ASCII.lowercase), as: UTF8.self)
    }

    private static func endsAuthority(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "\\"): true
        default: false
        }
    }

    private static func hostAndPort(
        _ bytes: ArraySlice<UInt8>,
        defaultPort: Int,
        in text: String
    ) throws -> (String, Int) {
        let isLiteral = bytes.first == UInt8(ascii: "[")
        let end = isLiteral ? bytes.firstIndex(of: UInt8(ascii: "]")).map { $0 + 1 } : nil
        let hostEnd = end ?? bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
        let host = bytes[..<hostEnd]
        guard !host.isEmpty else {
            throw refusal("has no host", text)
        }
        guard isAcceptable(host) else {
            throw refusal("has a host that is not plain letters, digits, dots and hyphens", text)
        }
        let digits = bytes[hostEnd...].dropFirst()
        let hasColon = bytes[hostEnd...].first.map { $0 == UInt8(ascii: ":") }
        if hasColon != false, digits.isEmpty { return (lowercase(host), defaultPort) }
        guard hasColon == true, digits.allSatisfy(ASCII.isDigit),
            let port = Int(String(decoding: digits, as: UTF8.self)), (1...65535).contains(port)
        else { throw refusal("has an invalid port", text) }
        return (lowercase(host), port)
    }

    private static func isAcceptable(_ bytes: ArraySlice<UInt8>) -> Bool {
        if bytes.first == UInt8(ascii: "[") {
            return bytes.count > 3 && bytes.last == UInt8(ascii: "]")
                && bytes.dropFirst().dropLast().allSatisfy {
                    ASCII.isDigit($0) || (0x61...0x66).contains($0 | 0x20) || $0 == 0x3A || $0 == 0x2E
                }
        }
        return bytes.last != UInt8(ascii: ".") && bytes.first != UInt8(ascii: ".")
            && bytes.allSatisfy {
                ASCII.isAlphanumeric($0) || $0 == 0x2E || $0 == 0x2D
            }
    }

    private static func refusal(_ what: String, _ text: String) -> TokenError {
        let shown = URL(string: text).map(ShownURL.text) ?? ProviderText.escape(text)
        return TokenError(.insecureEndpoint, "The URL \(ProviderText.clean(shown)) \(what).")
    }

    /// Reads the origin of a URL that is to carry a secret: over https, or to this machine.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/insecureEndpoint`` for any other URL.
    package init(carryingSecretsTo url: URL) throws {
        try self.init(of: url)
        guard isSecure || isLoopback else {
            throw TokenError(.insecureEndpoint, "\(self) is not https; nothing was sent.")
        }
    }

    /// Whether it is this machine, which means `localhost`, `127.0.0.0/8` written as four numbers, or `[::1]`.
    package var isLoopback: Bool {
        if host == "localhost" || host == "[::1]" { return true }
        guard host.utf8.starts(with: "127.".utf8) else { return false }
        var address = in_addr()
        return unsafe inet_pton(AF_INET, host, &address) == 1
    }

    /// The shortest entry of an ``APIOrigins`` that names it.
    var asHost: String {
        guard isSecure else { return description }
        return port == 443 ? host : "\(host):\(port)"
    }

    package var description: String {
        let isDefault = port == (isSecure ? 443 : 80)
        return "\(isSecure ? "https" : "http")://\(host)\(isDefault ? "" : ":\(port)")"
    }
}
