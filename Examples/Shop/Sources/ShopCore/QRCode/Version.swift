extension QRCode {
    /// A version: the symbol's size, and how its codewords are divided into blocks at level M (section 7.5, table 9).
    struct Version: Sendable {
        /// 1 to 10.
        let number: Int
        /// The error correction codewords of each block.
        let correction: Int
        /// The data codewords of each block, in order.
        let blocks: [Int]

        /// The modules of a side (section 6.3.1).
        var size: Int { 17 + 4 * number }

        /// The coordinates at which alignment patterns are centered (annex E).
        let alignment: [Int]

        /// The bits of the character count in byte mode (table 3).
        var countBits: Int { number < 10 ? 8 : 16 }

        /// The data codewords of all blocks.
        var dataCodewords: Int { blocks.reduce(0, +) }

        /// The bytes that fit beside the mode indicator and the character count.
        var byteCapacity: Int { (dataCodewords * 8 - 4 - countBits) / 8 }

        static let all = [
            Version(number: 1, correction: 10, blocks: [16], alignment: []),
            Version(number: 2, correction: 16, blocks: [28], alignment: [6, 18]),
            Version(number: 3, correction: 26, blocks: [44], alignment: [6, 22]),
            Version(number: 4, correction: 18, blocks: [32, 32], alignment: [6, 26]),
            Version(number: 5, correction: 24, blocks: [43, 43], alignment: [6, 30]),
            Version(number: 6, correction: 16, blocks: [27, 27, 27, 27], alignment: [6, 34]),
            Version(number: 7, correction: 18, blocks: [31, 31, 31, 31], alignment: [6, 22, 38]),
            Version(number: 8, correction: 22, blocks: [38, 38, 39, 39], alignment: [6, 24, 42]),
            Version(number: 9, correction: 22, blocks: [36, 36, 36, 37, 37], alignment: [6, 26, 46]),
            Version(number: 10, correction: 26, blocks: [43, 43, 43, 43, 44], alignment: [6, 28, 50]),
        ]
    }
}
