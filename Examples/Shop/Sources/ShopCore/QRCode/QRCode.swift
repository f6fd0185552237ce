/// A QR code of a text (ISO/IEC 18004:2015): byte mode, error correction level M, versions 1 to 10.
public struct QRCode: Sendable, Equatable {
    /// The text has more bytes than version 10 takes.
    public struct TextTooLong: Error, Equatable {
        /// The bytes of the text in UTF-8.
        public let bytes: Int
        /// The most bytes that a code takes.
        public let limit: Int
    }

    /// The text.
    public let text: String
    /// The modules, row by row from the top, without the quiet zone; `true` is dark.
    public let modules: [[Bool]]
    /// The mask pattern, 0 to 7.
    package let mask: Int

    /// Encodes a text as UTF-8 in the smallest version that takes it.
    public init(_ text: String) throws(TextTooLong) {
        try self.init(text, masks: 0..<8)
    }

    /// Encodes a text and takes the best of the given masks.
    package init(_ text: String, masks: Range<Int>) throws(TextTooLong) {
        let bytes = Array(text.utf8)
        guard let version = Version.all.first(where: { $0.byteCapacity >= bytes.count }) else {
            throw TextTooLong(bytes: bytes.count, limit: Version.all.last?.byteCapacity ?? 0)
        }
        var matrix = Matrix(version)
        matrix.place(version.codewords(for: bytes))
        let candidates = masks.map { mask in
            let rows = matrix.masked(by: Mask(number: mask)).rows
            return (mask: mask, rows: rows, penalty: Penalty(rows).total)
        }
        let best = candidates.dropFirst().reduce(candidates[0]) { $1.penalty < $0.penalty ? $1 : $0 }
        self.text = text
        mask = best.mask
        modules = best.rows
    }
}
