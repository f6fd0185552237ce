import ShopCore
import Testing

/// Squares of modules whose points are counted by hand (ISO/IEC 18004:2015, table 11).
struct QRCodePenaltyTests {
    private func penalty(_ rows: String...) -> QRCode.Penalty {
        QRCode.Penalty(rows.map { row in row.map { $0 == "#" } })
    }

    @Test func `Runs of five and more count in rows and columns`() {
        let square = penalty("######", "#.#.#.", "#.#.#.", "#.#.#.", ".#.#.#", "#.#.#.")
        #expect(square.runs == 4)
        let dark = penalty("#####", "#####", "#####", "#####", "#####")
        #expect(dark.runs == 30)
    }

    @Test func `Blocks of two by two overlap`() {
        #expect(penalty("###", "###", "..#").blocks == 6)
        #expect(penalty("..#", "..#", "##.").blocks == 3)
        #expect(penalty("#.#", ".#.", "#.#").blocks == 0)
    }

    @Test func `A finder's pattern counts once with light beside it`() {
        var rows = (0..<12).map { _ in String(repeating: "#", count: 12) }
        rows[3] = "#.###.#....#"
        rows[7] = "##.###.#...#"
        let square = QRCode.Penalty(rows.map { row in row.map { $0 == "#" } })
        #expect(square.finders == 40)
    }

    @Test func `Each five percent away from half count ten`() {
        #expect(penalty("##", "..").proportion == 0)
        #expect(penalty("##", "#.").proportion == 50)
        #expect(penalty("##", "##").proportion == 100)
    }
}
