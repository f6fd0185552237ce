internal import Foundation

/// Where a browser comes back to: what is compared of it, read from its text and not by a URL parser's opinion.
struct RedirectURI: Sendable {
    /// Scheme, host, port and path; scheme and host in lower case, the port always there.
    let target: String

    /// The parameters that it has of its own.
    let query: QueryFields

    /// Whether it ends in a fragment, be it an empty one.
    let hasFragment: Bool

    /// Reads a redirect URI or a callback.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/invalidCallback``, or ``TokenError/Code/insecureEndpoint`` for
    ///   a host that is not accepted.
    init(reading text: String) throws {
        guard text.utf8.count <= QueryFields.maximumBytes, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            !text.contains("\\")
        else { throw TokenError(.invalidCallback, "The URL holds what no URL holds, or is too long.") }
        let colon = text.firstIndex(of: ":") ?? text.startIndex
        let scheme = ASCII.lowercase(text[..<colon])
        let rest = text[colon...].prefix { $0 != "?" && $0 != "#" }
        if scheme == "https" || scheme == "http" {
            let origin = try Origin(text)
            let path = rest.dropFirst(3).drop { $0 != "/" }
            target = "\(scheme)://\(origin.host):\(origin.port)\(path.isEmpty ? "/" : path)"
        } else {
            target = scheme + rest
        }
        query = try QueryFields(of: text)
        hasFragment = text.contains("#")
    }

    /// Reads a redirect URI that a person is to be sent back to.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/invalidRequest`` unless it is https, http on loopback or a
    ///   private-use scheme with a dot in it (RFC 8252, section 7.1), without fragment, user information, and parameters that
    ///   are the answer's.
    init(registered text: String) throws {
        let refusal = { (why: String) in TokenError(.invalidRequest, "The redirect URI \(why).") }
        do { try self.init(reading: text) } catch { throw refusal("can't be one: \(error)") }
        let scheme = target.prefix { $0 != ":" }
        if scheme == "http" {
            guard try Origin(text).isLoopback else { throw refusal("is plain http to another machine") }
        } else if scheme != "https" {
            let isName =
                scheme.first?.isLetter == true && scheme.contains(".")
                && scheme.utf8.allSatisfy { ASCII.isAlphanumeric($0) || "+-.".utf8.contains($0) }
            guard isName else {
                throw refusal("has a scheme that is neither https nor an app's own, such as com.example.app")
            }
        }
        guard !hasFragment else { throw refusal("has a fragment") }
        let reserved = ["code", "state", "iss", "error", "error_description", "error_uri"]
        guard !query.names.contains(where: reserved.contains) else {
            throw refusal("has a parameter that is the answer's")
        }
    }
}
