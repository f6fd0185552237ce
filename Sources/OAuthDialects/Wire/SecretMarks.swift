/// Which bytes of some texts belong to a secret.
struct SecretMarks {
    private var isMarked: [Bool]
    private(set) var isEmpty = true

    init(count: Int) {
        isMarked = [Bool](repeating: false, count: count)
    }

    mutating func mark(_ range: Range<Int>) {
        isEmpty = false
        for index in range { isMarked[index] = true }
    }

    /// A text, with one placeholder for each run of marked bytes; a character of which a byte is marked goes as a whole.
    func redacted(_ bytes: [UInt8], from start: Int) -> String {
        var redacted: [UInt8] = []
        var isInside = false
        var index = 0
        while index < bytes.count {
            var end = index + 1
            while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
            if isMarked[(start + index)..<(start + end)].contains(true) {
                if !isInside { redacted += Array("<redacted>".utf8) }
                isInside = true
            } else {
                redacted += bytes[index..<end]
                isInside = false
            }
            index = end
        }
        return String(decoding: redacted, as: UTF8.self)
    }
}
