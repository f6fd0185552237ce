/// Names of members, which are the same in every spelling: `access_token`, `accessToken`, and `AccessToken`.
extension JSONFields {
    /// One number for all spellings of a name (FNV-1a).
    static func hash(_ name: some Sequence<UInt8>) -> UInt64 {
        name.reduce(0xCBF2_9CE4_8422_2325) {
            $1 == UInt8(ascii: "_") ? $0 : ($0 ^ UInt64(ASCII.lowercase($1))) &* 0x100_0000_01B3
        }
    }

    /// Whether two names are one but for case and `_`.
    package static func isSame(_ one: some Collection<UInt8>, _ other: some Collection<UInt8>) -> Bool {
        var (left, right) = (one.makeIterator(), other.makeIterator())
        while true {
            let letter = nextLetter(&left)
            if letter != nextLetter(&right) { return false }
            if letter == nil { return true }
        }
    }

    private static func nextLetter(_ name: inout some IteratorProtocol<UInt8>) -> UInt8? {
        var byte = name.next()
        while byte == UInt8(ascii: "_") { byte = name.next() }
        return byte.map(ASCII.lowercase)
    }
}
