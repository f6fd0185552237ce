extension SpelledText {
    /// The shortest code that is read, in characters.
    private static let shortest = 6

    /// What the hexadecimal and Base64 parts of the text may mean, at every shift.
    var decoded: [SpelledText] {
        var hexadecimal = [SpelledText](repeating: SpelledText(), count: 2)
        for run in runs(where: { Self.digit($0) != nil }, skipping: { ":- ".utf8.contains($0) }) {
            for shift in 0..<2 { decode(hexadecimal: run.dropFirst(shift), into: &hexadecimal[shift]) }
        }
        var base64 = [SpelledText](repeating: SpelledText(), count: 4)
        for run in runs(where: { Self.sextet($0) != nil }, skipping: { "\r\n".utf8.contains($0) }) {
            for shift in 0..<4 { decode(base64: run.dropFirst(shift), into: &base64[shift]) }
        }
        return (hexadecimal + base64).filter { !$0.bytes.isEmpty }
    }

    /// The places of bytes that follow each other, with at most two others between them.
    private func runs(where isPart: (UInt8) -> Bool, skipping isSkipped: (UInt8) -> Bool) -> [[Int]] {
        var runs: [[Int]] = []
        var run: [Int] = []
        func end() {
            if run.count >= Self.shortest { runs.append(run) }
            run = []
        }
        for index in bytes.indices {
            if isPart(bytes[index]) {
                if let last = run.last, index - last > 3 { end() }
                run.append(index)
            } else if !isSkipped(bytes[index]) {
                end()
            }
        }
        end()
        return runs
    }

    private func decode(hexadecimal run: ArraySlice<Int>, into text: inout SpelledText) {
        var digits = run
        while digits.count >= 2 {
            let (high, low) = (digits.removeFirst(), digits.removeFirst())
            let value = (Self.digit(bytes[high]) ?? 0) << 4 | (Self.digit(bytes[low]) ?? 0)
            text.append(UInt8(value), of: self, high..<(low + 1))
        }
        text.endPart(of: self, at: run.last)
    }

    private func decode(base64 run: ArraySlice<Int>, into text: inout SpelledText) {
        var (bits, count): (UInt32, Int) = (0, 0)
        var last: Int?
        for index in run {
            bits = bits << 6 | UInt32(Self.sextet(bytes[index]) ?? 0)
            count += 6
            if count >= 8, let last {
                count -= 8
                text.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)), of: self, last..<(index + 1))
            }
            last = index
        }
        text.endPart(of: self, at: run.last)
    }

    /// Keeps what was decoded from one part apart from the next: a byte that is in no secret.
    private mutating func endPart(of text: SpelledText, at index: Int?) {
        guard let index else { return }
        append(0x7F, of: text, index..<(index + 1))
    }

    private static func sextet(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x41...0x5A: byte - 0x41
        case 0x61...0x7A: byte - 0x61 + 26
        case 0x30...0x39: byte - 0x30 + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
