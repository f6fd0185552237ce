import Foundation

/// Where browsers reach the shop: a scheme, a host, and a port.
package struct PublicURL: Sendable, Equatable {
    /// The URL without a path.
    package let url: URL
    /// The origin as browsers send it, such as `https://shop.example`.
    let origin: String
    /// The host and the port as in the `Host` field.
    let authority: String
    /// Whether it is https.
    let isSecure: Bool
    /// Whether it leads to this machine.
    let isLoopback: Bool

    /// Creates a public URL; `nil` if it is not http or https, or has a path.
    package init?(_ url: URL) {
        guard let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme),
            let host = url.host(percentEncoded: true)?.lowercased(), !host.isEmpty, url.user() == nil,
            ["", "/"].contains(url.path()), url.query() == nil, url.fragment() == nil
        else { return nil }
        let bracketed = host.contains(":") ? "[\(host.trimmingCharacters(in: ["[", "]"]))]" : host
        let isDefault = url.port == nil || url.port == (scheme == "https" ? 443 : 80)
        authority = isDefault ? bracketed : "\(bracketed):\(url.port ?? 0)"
        origin = "\(scheme)://\(authority)"
        guard let root = URL(string: origin) else { return nil }
        self.url = root
        isSecure = scheme == "https"
        isLoopback = Self.isLoopback(authority)
    }

    /// The URL of a path that begins with a slash.
    func url(of path: String) -> URL {
        URL(string: origin + path) ?? url
    }

    /// The origin of a request that names this host; `nil` if the shop does not answer for it.
    ///
    /// Names of this machine are accepted beside the public one: no other site can point them here.
    func origin(of authority: String?) -> String? {
        guard let authority = authority?.lowercased(), !authority.isEmpty else { return nil }
        if authority == self.authority { return origin }
        return Self.isLoopback(authority) ? "http://\(authority)" : nil
    }

    /// Whether a host is another name for this machine, with the same port: cookies set there are not sent here.
    func isAlias(_ authority: String?) -> Bool {
        guard isLoopback, let authority = authority?.lowercased(), authority != self.authority else { return false }
        return Self.isLoopback(authority)
            && authority.split(separator: ":").last == self.authority.split(separator: ":").last
    }

    private static func isLoopback(_ authority: String) -> Bool {
        guard let host = ["127.0.0.1", "localhost", "[::1]"].first(where: { authority.hasPrefix($0) }) else {
            return false
        }
        let port = authority.dropFirst(host.count)
        return port.isEmpty || (port.first == ":" && UInt16(port.dropFirst()) != nil)
    }
}
