internal import Foundation

/// A redirect URI as it is compared: read from its text, because URL parsers disagree.
struct RedirectURI: Sendable {
    /// Scheme, host, port, and path; scheme and host in lower case, with an explicit port.
    let target: String

    /// The query parameters.
    let query: QueryFields

    /// Whether it has a fragment, even an empty one.
    let hasFragment: Bool

    /// Reads a redirect URI or a callback.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/invalidCallback``, or ``TokenError/Code/insecureEndpoint`` for
    ///   a host that is not accepted.
    init(reading text: String) throws {
        guard text.utf8.count <= QueryFields.maximumBytes, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            !text.contains("\\")
        else {
            throw TokenError(.invalidCallback, "The callback URL contains invalid characters or is longer than 32 KiB.")
        }
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

    /// Reads the redirect URI of a new sign-in.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/invalidRequest`` unless it is https, http on loopback or a
    ///   private-use scheme with a dot in it (RFC 8252, section 7.1), without a fragment, user info, or a reserved
    ///   parameter.
    init(registered text: String) throws {
        let refusal = { (why: String) in TokenError(.invalidRequest, "The redirect URI \(why).") }
        do {
            try self.init(reading: text)
        } catch let error as TokenError where error.code != .invalidCallback {
            throw refusal("is invalid: \(error.message)")
        } catch {
            throw refusal("contains invalid characters or parameters, or is longer than 32 KiB")
        }
        let scheme = target.prefix { $0 != ":" }
        if scheme == "http" {
            guard try Origin(text).isLoopback else { throw refusal("uses plain http and is not on loopback") }
        } else if scheme != "https" {
            let isName =
                scheme.first?.isLetter == true && scheme.contains(".")
                && scheme.utf8.allSatisfy { ASCII.isAlphanumeric($0) || "+-.".utf8.contains($0) }
            guard isName else {
                throw refusal("has a scheme other than https or an app's own, such as com.example.app")
            }
        }
        guard !hasFragment else { throw refusal("has a fragment") }
        let reserved = ["code", "state", "iss", "error", "error_description", "error_uri"]
        guard !query.names.contains(where: reserved.contains) else {
            throw refusal("uses a reserved parameter (\(reserved.joined(separator: ", ")))")
        }
    }
}
