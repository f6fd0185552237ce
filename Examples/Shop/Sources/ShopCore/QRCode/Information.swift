extension QRCode {
    /// Codes of Bose, Chaudhuri, and Hocquenghem for the format and version information (annexes C and D).
    package enum Information {
        /// The 15 bits for level M and a mask, with the standard's mask over them.
        package static func format(mask: Int) -> Int {
            let levelM = 0b00
            let data = levelM << 3 | mask
            return (data << 10 | remainder(of: data << 10, by: 0b101_0011_0111)) ^ 0b101_0100_0001_0010
        }

        /// The 18 bits for a version from 7 on.
        package static func version(_ number: Int) -> Int {
            number << 12 | remainder(of: number << 12, by: 0b1_1111_0010_0101)
        }

        /// The remainder of a division of polynomials over GF(2).
        private static func remainder(of dividend: Int, by divisor: Int) -> Int {
            var rest = dividend
            while rest.bitLength >= divisor.bitLength { rest ^= divisor << (rest.bitLength - divisor.bitLength) }
            return rest
        }
    }
}

extension Int {
    fileprivate var bitLength: Int { bitWidth - leadingZeroBitCount }
}

extension QRCode.Matrix {
    /// Keeps data away from the format information, whose bits are known once the mask is.
    mutating func reserveFormat() { drawFormat(bits: 0) }

    /// Draws the format information twice, and the dark module (section 7.9).
    mutating func drawFormat(_ mask: QRCode.Mask) { drawFormat(bits: QRCode.Information.format(mask: mask.number)) }

    private mutating func drawFormat(bits: Int) {
        let around = [0, 1, 2, 3, 4, 5, 7, 8]
        for bit in 0..<15 {
            let isDark = bits >> bit & 1 == 1
            // Around the top left finder pattern: down column 8, then along row 8 to the left.
            if bit < 8 { set(around[bit], 8, isDark) } else { set(8, around[14 - bit], isDark) }
            // The copy: along row 8 from the right, then down column 8 to the bottom.
            if bit < 8 { set(8, size - 1 - bit, isDark) } else { set(size - 15 + bit, 8, isDark) }
        }
        set(size - 8, 8, true)
    }

    /// Draws the version information twice (section 7.10).
    mutating func drawVersion(_ number: Int) {
        let bits = QRCode.Information.version(number)
        for bit in 0..<18 {
            let isDark = bits >> bit & 1 == 1
            set(bit / 3, size - 11 + bit % 3, isDark)
            set(size - 11 + bit % 3, bit / 3, isDark)
        }
    }
}
