import ShopCore
import Testing

/// Vectors of ISO/IEC 18004:2015.
struct QRCodeMathTests {
    @Test func `The error correction codewords are those of annex I`() {
        let data: [UInt8] = [
            0x10, 0x20, 0x0C, 0x56, 0x61, 0x80, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11,
        ]
        let correction: [UInt8] = [0xA5, 0x24, 0xD4, 0xC1, 0xED, 0x36, 0xC7, 0x87, 0x2C, 0x55]
        #expect(QRCode.ReedSolomon.correction(of: data, count: 10) == correction)
    }

    @Test(arguments: [
        (7, [87, 229, 146, 149, 238, 102, 21]),
        (10, [251, 67, 46, 61, 118, 70, 64, 94, 32, 45]),
        (13, [74, 152, 176, 100, 86, 100, 106, 104, 130, 218, 206, 140, 78]),
    ])
    func `The generator polynomials are those of annex A`(degree: Int, exponents: [Int]) {
        let coefficients = exponents.map { exponent in
            (0..<exponent).reduce(UInt8(1)) { power, _ in QRCode.ReedSolomon.product(power, 2) }
        }
        #expect(QRCode.ReedSolomon.generator(degree) == coefficients)
    }

    @Test func `Data followed by its codewords is divisible by the generator polynomial`() {
        var seed: UInt8 = 1
        for count in [10, 16, 18, 22, 24, 26] {
            let data = (0..<40).map { _ in
                seed = seed &* 5 &+ 3
                return seed
            }
            let codeword = data + QRCode.ReedSolomon.correction(of: data, count: count)
            var root: UInt8 = 1
            for _ in 0..<count {
                #expect(codeword.reduce(UInt8(0)) { QRCode.ReedSolomon.product($0, root) ^ $1 } == 0)
                root = QRCode.ReedSolomon.product(root, 2)
            }
        }
    }

    @Test func `Format and version information are those of annexes C and D`() {
        #expect(QRCode.Information.format(mask: 0b101) == 0b100_0000_1100_1110)
        #expect(QRCode.Information.version(7) == 0b00_0111_1100_1001_0100)
    }
}
