import OAuthDialects

/// Where the server is, in libpq's spelling.
struct ServerAddress {
    let text: Secret
    let applicationName: String

    /// Whether it is a URI that may contain a password with an unescaped `@` or `/`.
    ///
    /// libpq would take the rest of the password for a host, a port, or a database, and print it in its errors.
    var isAmbiguous: Bool {
        let text = self.text.revealed
        guard let scheme = ["postgresql://", "postgres://"].first(where: { text.hasPrefix($0) }) else { return false }
        let whole = text.dropFirst(scheme.count)
        let authority = whole.prefix { $0 != "/" }
        let at = authority.firstIndex(of: "@")
        let rest = at.map { whole[whole.index(after: $0)...] } ?? whole
        let (address, query) = (rest.prefix { $0 != "?" }, rest.drop { $0 != "?" })
        // A user's password ends at the first `@`; a second one, or one behind a `/`, was a part of it.
        if address.contains("@") { return true }
        let hosts = address.prefix { $0 != "/" }.split(separator: ",")
        let ports = hosts.compactMap { host -> Substring? in
            let end = host.lastIndex(of: "]") ?? host.startIndex
            return host[end...].lastIndex(of: ":").map { host[host.index(after: $0)...] }
        }
        let isPort = ports.allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        // Without a user, what stands before a `?` may be a user and half of a password.
        return !isPort || (at == nil && !hosts.isEmpty && !ports.isEmpty && query.contains("@"))
    }
}
