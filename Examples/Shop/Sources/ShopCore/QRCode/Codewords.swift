extension QRCode.Version {
    /// The final sequence of codewords: data and error correction of all blocks, interleaved (section 7.6).
    func codewords(for bytes: [UInt8]) -> [UInt8] {
        var rest = data(for: bytes)[...]
        let data = blocks.map { count in
            defer { rest = rest.dropFirst(count) }
            return Array(rest.prefix(count))
        }
        let checks = data.map { QRCode.ReedSolomon.correction(of: $0, count: correction) }
        return Self.interleaved(data) + Self.interleaved(checks)
    }

    /// The data codewords: mode, count, bytes, terminator, and pad codewords (section 7.4).
    private func data(for bytes: [UInt8]) -> [UInt8] {
        var bits: [Bool] = []
        func append(_ value: Int, _ count: Int) {
            for bit in (0..<count).reversed() { bits.append(value >> bit & 1 == 1) }
        }
        append(0b0100, 4)
        append(bytes.count, countBits)
        for byte in bytes { append(Int(byte), 8) }
        append(0, min(4, dataCodewords * 8 - bits.count))
        append(0, (8 - bits.count % 8) % 8)
        var codewords = stride(from: 0, to: bits.count, by: 8).map { start in
            bits[start..<start + 8].reduce(UInt8(0)) { $0 << 1 | ($1 ? 1 : 0) }
        }
        for index in 0..<dataCodewords - codewords.count { codewords.append(index.isMultiple(of: 2) ? 0xEC : 0x11) }
        return codewords
    }

    /// The first codeword of each block, then the second of each, and so on.
    private static func interleaved(_ blocks: [[UInt8]]) -> [UInt8] {
        (0..<(blocks.map(\.count).max() ?? 0)).flatMap { index in
            blocks.compactMap { index < $0.count ? $0[index] : nil }
        }
    }
}
