import Testing
import Tour

struct TerminalTests {
    @Test(arguments: [
        (true, 132, "100", 132),  // The terminal's own answer comes first.
        (true, 0, "100", 100),
        (true, 0, nil, 80),
        (false, 0, "100", 80),
        (false, 0, nil, 80),
        (true, 0, "wide", 80),
        (true, 20, nil, 40),
    ])
    func `The width is the terminal's, then that of COLUMNS, then 80`(
        isTerminal: Bool,
        columns: Int,
        named: String?,
        width: Int
    ) {
        let terminal = Terminal(isTerminal: isTerminal, columns: columns, named.map { ["COLUMNS": $0] } ?? [:])
        #expect(terminal.width == width)
    }

    @Test(arguments: [
        (true, ["TERM": "xterm-256color"], true, true),
        (true, ["TERM": "xterm-256color", "NO_COLOR": "1"], true, false),
        (true, ["TERM": "xterm-256color", "NO_COLOR": ""], true, true),
        (true, ["TERM": "dumb"], false, false),
        (false, ["TERM": "xterm-256color"], false, false),
    ])
    func `Colors are for terminals that want them`(
        isTerminal: Bool,
        environment: [String: String],
        isInteractive: Bool,
        isStyled: Bool
    ) {
        let terminal = Terminal(isTerminal: isTerminal, columns: 80, environment)
        #expect(terminal.isInteractive == isInteractive)
        #expect(terminal.isStyled == isStyled)
    }

    @Test(arguments: [10, 17, 40, 80])
    func `Wrapped text fits the width and loses no word`(width: Int) {
        let text = "POST /sc/oauth2/token  Basic <redacted>  grant_type=refresh_token&refresh_token=<redacted> and more"
        let lines = text.wrapped(at: width)
        #expect(lines.allSatisfy { $0.count <= width })
        #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
    }

    @Test func `An empty text is one empty line`() {
        #expect("".wrapped(at: 10) == [""])
    }

    @Test func `The bar shows what is left of a token`() {
        let half = LifetimeBar(lifetime: 4, left: 2, untilRenewal: 0.4)
        #expect(half.cells(8) == ("━━━━", "────"))
        #expect(half.caption == "2.0 s left, renewal in 0.4 s")
        let over = LifetimeBar(lifetime: 4, left: -1, untilRenewal: -3)
        #expect(over.cells(8) == ("", "────────"))
        #expect(over.caption == "0.0 s left, renewal in 0.0 s")
        #expect(LifetimeBar(lifetime: 4, left: 9, untilRenewal: 1).cells(4) == ("━━━━", ""))
        #expect(LifetimeBar(lifetime: 0, left: 1, untilRenewal: 1).cells(2) == ("", "──"))
    }
}
