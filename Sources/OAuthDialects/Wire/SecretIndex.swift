/// Finds secrets in texts.
struct SecretIndex {
    /// The length of the runs that are found: shorter ones are in every text.
    private static let run = 8

    /// How short a secret may be to be looked for.
    private static let shortest = 3

    private let runs: Set<UInt64>
    private let words: [[UInt8]]

    init(_ secrets: [Secret]) {
        var runs: Set<UInt64> = []
        var words: [[UInt8]] = []
        for secret in secrets {
            var window = Window()
            for byte in secret.revealed.utf8 where window.append(byte) { runs.insert(window.value) }
            if window.count < Self.run, secret.revealed.utf8.count >= Self.shortest {
                words.append(secret.revealed.utf8.map(Self.fold))
            }
        }
        self.runs = runs
        self.words = words
    }

    /// Marks the secrets in texts that are shown together, as one after the other and as the last before the first.
    func mark(_ marks: inout SecretMarks, in texts: [[UInt8]]) {
        if !runs.isEmpty {
            var text = SpelledText()
            var start = 0
            for bytes in texts {
                text.append(bytes, from: start)
                start += bytes.count
            }
            if texts.count > 1 { text.append(texts[0], from: 0) }
            Self.undo(text) { markRuns(&marks, in: $0) }
        }
        if !words.isEmpty {
            var start = 0
            for bytes in texts {
                var text = SpelledText()
                text.append(bytes, from: start)
                start += bytes.count
                Self.undo(text) { markWords(&marks, in: $0) }
            }
        }
    }

    /// Calls `body` with a text, and with what comes out if its spellings are undone: at most four, of which two are Base64 or
    /// hexadecimal.
    private static func undo(_ text: SpelledText, depth: Int = 0, decodings: Int = 0, _ body: (SpelledText) -> Void) {
        body(text)
        guard depth < 4 else { return }
        if let plain = text.unescaped { undo(plain, depth: depth + 1, decodings: decodings, body) }
        guard decodings < 2 else { return }
        for decoded in text.decoded { undo(decoded, depth: depth + 1, decodings: decodings + 1, body) }
    }

    private func markRuns(_ marks: inout SecretMarks, in text: SpelledText) {
        var window = Window()
        // Where the bytes of the window stand: a ring.
        var places = [Int](repeating: 0, count: Self.run)
        for index in text.bytes.indices {
            let slot = window.count % Self.run
            let isFull = window.append(text.bytes[index])
            guard window.hasGrown else { continue }
            places[slot] = index
            guard isFull, runs.contains(window.value) else { continue }
            let run = (1...Self.run).map { places[(slot + $0) % Self.run] }
            for (place, next) in zip(run, run.dropFirst()) { text.mark(&marks, from: place, to: next) }
            text.mark(&marks, from: index, to: nil)
        }
    }

    private func markWords(_ marks: inout SecretMarks, in text: SpelledText) {
        let bytes = text.bytes.map(Self.fold)
        for word in words where word.count <= bytes.count {
            for start in 0...(bytes.count - word.count) where bytes[start] == word[0] {
                let end = start + word.count
                guard bytes[start..<end].elementsEqual(word), start == 0 || !Self.isInWord(bytes[start - 1]),
                    end == bytes.count || !Self.isInWord(bytes[end])
                else { continue }
                for index in start..<end { text.mark(&marks, from: index, to: nil) }
            }
        }
    }

    private static func isInWord(_ byte: UInt8) -> Bool { ASCII.isAlphanumeric(byte) || byte >= 0x80 }

    /// A provider may change a letter's case, and a form writes a space as `+`.
    private static func fold(_ byte: UInt8) -> UInt8 { byte == 0x2B ? 0x20 : ASCII.lowercase(byte) }

    /// The last 8 bytes of a text, without white space, which may stand between the parts of a secret.
    private struct Window {
        private(set) var value: UInt64 = 0
        private(set) var count = 0
        /// Whether the last byte counts.
        private(set) var hasGrown = false

        /// - Returns: whether the byte counts and the window is full.
        mutating func append(_ byte: UInt8) -> Bool {
            let byte = SecretIndex.fold(byte)
            hasGrown = byte > 0x20
            guard hasGrown else { return false }
            value = value << 8 | UInt64(byte)
            count += 1
            return count >= SecretIndex.run
        }
    }
}
