/// What was asked for on the command line.
struct Options {
    var providers = Provider.all
    var isLive = false
    var wantsHelp = false

    static let help = """
        The three dialects of OAuthDialects, driven over real HTTP.

        USAGE
          swift run --package-path Examples/Quickstart [Quickstart [options]]

        Without options, a sandbox of each provider is served on a loopback port, with tokens that live a few seconds, and
        a session is led through: acquire, use, renew, token revoked, refresh token dead, provider down. Nothing leaves
        this machine. Everything that happens is checked.

        OPTIONS
          --provider <name>   one provider alone: wetix, revenue-monster or tiki
          --live              talk to the real provider instead: its sandbox, where it has one
          --help              this text

        LIVE
          --live acquires a token and renews it, and calls no API. It reads the client from the environment:
          WETIX_CLIENT_ID, WETIX_CLIENT_SECRET                       at sb-oauth.wetix.my
          REVENUE_MONSTER_CLIENT_ID, REVENUE_MONSTER_CLIENT_SECRET   at sb-oauth.revenuemonster.my
          TIKI_CLIENT_ID, TIKI_CLIENT_SECRET                         at api.tiki.vn, since no sandbox is documented

        EXIT STATUS
          0  everything went as told      1  something went otherwise      2  it could not run

        """

    init(_ arguments: [String]) throws(UsageError) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--help", "-h": wantsHelp = true
            case "--live": isLive = true
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

/// What is wrong with the command line.
struct UsageError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
