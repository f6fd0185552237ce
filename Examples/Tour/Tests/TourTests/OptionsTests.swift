import Testing
import Tour

struct OptionsTests {
    @Test func `Without options, the tour shows every provider`() throws {
        let options = try Options([])
        #expect(options.providers.map(\.name) == ["wetix", "revenue-monster", "tiki"])
        #expect(!options.isLive && !options.isVerbose && !options.wantsHelp)
    }

    @Test(arguments: [["--provider", "tiki", "--verbose"], ["-v", "--provider=tiki"]])
    func `One provider, and everything that happens`(arguments: [String]) throws {
        let options = try Options(arguments)
        #expect(options.providers.map(\.name) == ["tiki"])
        #expect(options.isVerbose)
    }

    @Test func `The real provider, and the help`() throws {
        #expect(try Options(["--live"]).isLive)
        #expect(try Options(["--help"]).wantsHelp)
        #expect(try Options(["-h"]).wantsHelp)
    }

    @Test(arguments: [
        (["--fast"], "There is no option --fast."),
        (["--provider"], "--provider needs a name: wetix, revenue-monster, tiki."),
        (["--provider", "acme"], "There is no provider acme; there are: wetix, revenue-monster, tiki."),
    ])
    func `A mistake is named`(arguments: [String], words: String) {
        let error = #expect(throws: UsageError.self) { try Options(arguments) }
        #expect(error?.description == words)
    }

    @Test func `The help fits 80 columns`() {
        let widest = Options.help.split(separator: "\n").map(\.count).max()
        #expect(widest ?? 0 <= 80)
    }
}
