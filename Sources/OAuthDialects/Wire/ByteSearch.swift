internal import Foundation

/// Searches by the C library, which looks at many bytes at once.
extension ArraySlice<UInt8> {
    /// The first place of a byte, from an index on.
    func index(of byte: UInt8, from start: Int? = nil) -> Int? {
        let start = start ?? startIndex
        guard start < endIndex else { return nil }
        return unsafe withUnsafeBytes { bytes in
            guard let first = bytes.baseAddress else { return nil }
            let found = unsafe memchr(first + (start - startIndex), Int32(byte), endIndex - start)
            return unsafe found.map { unsafe startIndex + (UnsafeRawPointer($0) - first) }
        }
    }

    func has(_ byte: UInt8) -> Bool { index(of: byte) != nil }

    /// Whether a byte is there so many times or less.
    func has(_ byte: UInt8, atMost limit: Int) -> Bool {
        var (count, start) = (0, startIndex)
        while let found = index(of: byte, from: start) {
            (count, start) = (count + 1, found + 1)
            if count > limit { return false }
        }
        return true
    }
}

extension String {
    /// The bytes of a text, which `utf8` gives three times as slowly one by one.
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        unsafe utf8.withContiguousStorageIfAvailable(body) ?? Array(utf8).withUnsafeBufferPointer(body)
    }
}
