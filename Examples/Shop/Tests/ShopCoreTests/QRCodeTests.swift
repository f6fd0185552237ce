import Foundation
import ShopCore
import Testing

struct QRCodeTests {
    /// The files were made by the Python package `qrcode` 8.2 (byte mode, level M): the text, then the modules.
    @Test(arguments: 1...10)
    func `Each version equals what another encoder makes`(version: Int) throws {
        let mask = version * 3 % 8
        let name = "version-\(version)-mask-\(mask)"
        let file = Bundle.module.url(forResource: name, withExtension: "txt", subdirectory: "QRCodeFixtures")
        let lines = try String(contentsOf: #require(file), encoding: .utf8).split(separator: "\n")
        let code = try QRCode(String(lines[0]), masks: mask..<mask + 1)
        #expect(code.modules.map { String($0.map { $0 ? "#" : "." }) } == lines.dropFirst().map(String.init))
    }

    @Test(arguments: [(0, 21), (14, 21), (15, 25), (26, 25), (27, 29), (122, 45), (180, 53), (181, 57), (213, 57)])
    func `The smallest version that takes the text is used`(bytes: Int, size: Int) throws {
        let code = try QRCode(String(repeating: "a", count: bytes))
        #expect(code.modules.count == size)
        #expect(code.modules.allSatisfy { $0.count == size })
    }

    @Test func `A text that is too long is refused with a typed error`() throws {
        let error = #expect(throws: QRCode.TextTooLong.self) { try QRCode(String(repeating: "é", count: 107)) }
        #expect(error?.bytes == 214)
        #expect(error?.limit == 213)
    }

    @Test(arguments: ["PG-7F3K-Q2M9", "https://panggung.example/tickets/7F3K-Q2M9-XW41?seat=C7&hall=2"])
    func `The mask with the lowest penalty is used`(text: String) throws {
        let code = try QRCode(text)
        let penalties = try (0..<8).map { QRCode.Penalty(try QRCode(text, masks: $0..<$0 + 1).modules).total }
        #expect(penalties[code.mask] == penalties.min())
        #expect(try QRCode(text, masks: code.mask..<code.mask + 1) == code)
    }

    @Test func `The image has a quiet zone of four modules and a title`() throws {
        let svg = try QRCode("a<b>&c").svg
        #expect(svg.contains("viewBox=\"0 0 29 29\""))
        #expect(svg.contains("role=\"img\""))
        #expect(svg.contains("<title>QR code: a&lt;b&gt;&amp;c</title>"))
        #expect(svg.contains("<rect width=\"29\" height=\"29\" fill=\"#fff\"/>"))
        // The top side of the finder pattern at the top left.
        #expect(svg.contains("d=\"M4 4h7v1h-7z"))
    }

    @Test func `The image has as many dark modules as the code`() throws {
        let code = try QRCode("PG-7F3K-Q2M9")
        let lengths = code.svg.matches(of: /h(\d+)v1/).compactMap { Int($0.output.1) }
        #expect(lengths.reduce(0, +) == code.modules.joined().count { $0 })
    }
}
