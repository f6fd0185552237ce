internal import Foundation

/// Origins that come out of a token answer.
extension APIOrigins {
    /// These API origins and the host that an answer names, which must be one of the domains that the dialect states, or lie under one.
    ///
    /// The value is a host name, or an https URL of one, without a port, a path, user information, or a query. An answer without
    /// the member adds nothing.
    ///
    /// - Parameters:
    ///   - name: the member of the answer, such as `instance_url`.
    ///   - extras: what the answer said.
    ///   - domains: the provider's own domains, such as `salesforce.com`; never a single label such as `com`.
    /// - Returns: these API origins, with that host if the answer names one.
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/untrustedHost`` for any other value, which it does not show, and for an
    ///   invalid domain.
    public func adding(
        _ name: String,
        of extras: [String: Secret],
        under domains: [String]
    ) throws -> APIOrigins {
        let domains = try domains.map(Self.domain)
        guard let value = extras[name] else { return self }
        guard let host = Self.host(named: value.revealed) else {
            throw Self.refusal(of: name, "is no host name and no https URL of one alone")
        }
        guard domains.contains(where: { host == $0 || host.hasSuffix("." + $0) }) else {
            throw Self.refusal(of: name, "names a host outside \(domains.joined(separator: ", "))")
        }
        return adding([host])
    }

    /// These API origins without those of a dialect, and with those that take their place.
    func replacing(_ own: APIOrigins, by others: APIOrigins) -> APIOrigins {
        var sum = others
        sum.formUnion(self, without: own)
        return sum
    }

    private static func refusal(of name: String, _ why: String) -> TokenError {
        TokenError(
            .untrustedHost,
            "The member \(ProviderText.clean(name)) of the token answer \(why); no token is sent there.",
            hint: "If the host is the provider's, the dialect must state its domain."
        )
    }

    /// A domain in lower case: at least two labels, of which the last is no number.
    private static func domain(_ text: String) throws -> String {
        let labels = labels(of: text)
        guard labels.count >= 2, let last = labels.last, !last.utf8.allSatisfy(ASCII.isDigit) else {
            throw TokenError(
                .untrustedHost,
                "\"\(ProviderText.clean(text))\" is no domain of a provider; no token is sent to a host under it.",
                hint: "State a domain that the provider alone owns, such as example.com, without a dot before it."
            )
        }
        return labels.joined(separator: ".")
    }

    /// The host of a bare name or of `https://` and a name; a single `/` behind it is no path.
    private static func host(named text: String) -> String? {
        let scheme = "https://"
        var rest = text[...]
        if ASCII.lowercase(text.prefix(scheme.utf8.count)) == scheme {
            rest = text.dropFirst(scheme.count)
            if rest.last == "/" { rest.removeLast() }
        }
        let labels = labels(of: String(rest))
        return labels.isEmpty ? nil : labels.joined(separator: ".")
    }

    /// The labels of a host name in lower case; empty if it isn't a host name.
    private static func labels(of text: String) -> [String] {
        let labels = ASCII.lowercase(text).split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let isName = labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.utf8.first != UInt8(ascii: "-")
                && label.utf8.allSatisfy { ASCII.isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
        }
        return isName && text.utf8.count <= 253 ? labels : []
    }
}
