/// The options on the command line.
package struct Options: Sendable {
    package var providers = Provider.all
    package var isLive = false
    package var isVerbose = false
    package var wantsHelp = false

    package static let help = """
        A session of each dialect of OAuthDialects, over real HTTP.

        USAGE
          swift run --package-path Examples/Tour [tour [options]]

        Without options, a sandbox of each provider is served on a loopback port, with
        tokens that live a few seconds. A session acquires a token, serves 10,000
        callers, renews, and recovers from a revoked token, a refused refresh token,
        and an outage. Nothing leaves this machine. Every step is checked.

        OPTIONS
          --provider <name>   one provider: wetix, revenue-monster or tiki
          --verbose           the app's, session's, and provider's actions, and
                              the requests and answers, without secrets
          --live              the real provider, in its sandbox if it has one
          --help              this text

        LIVE
          --live acquires a token and renews it, and calls no API. It reads the client
          from the environment:
            WETIX_CLIENT_ID, WETIX_CLIENT_SECRET
            REVENUE_MONSTER_CLIENT_ID, REVENUE_MONSTER_CLIENT_SECRET
            TIKI_CLIENT_ID, TIKI_CLIENT_SECRET   (production: Tiki has no sandbox)

        TERMINAL
          Lines fit the terminal's width. NO_COLOR turns colors off.

        EXIT STATUS
          0  every check passed   1  a check failed   2  the tour could not run

        """

    package init(_ arguments: [String]) throws(UsageError) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--help", "-h": wantsHelp = true
            case "--live": isLive = true
            case "--verbose", "-v": isVerbose = true
            case "--provider": providers = [try Self.provider(rest.popFirst())]
            case _ where argument.hasPrefix("--provider="):
                providers = [try Self.provider(String(argument.dropFirst("--provider=".count)))]
            default: throw UsageError("There is no option \(argument).")
            }
        }
    }

    private static func provider(_ name: String?) throws(UsageError) -> Provider {
        let names = Provider.all.map(\.name).joined(separator: ", ")
        guard let name else { throw UsageError("--provider needs a name: \(names).") }
        guard let provider = Provider.all.first(where: { $0.name == name }) else {
            throw UsageError("There is no provider \(name); there are: \(names).")
        }
        return provider
    }
}

/// A mistake on the command line.
package struct UsageError: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
