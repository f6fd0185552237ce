extension QRCode {
    /// Error correction codewords over GF(2⁸) (section 7.5.2 and annex A).
    package enum ReedSolomon {
        /// The remainder of the data, times xⁿ, divided by the generator polynomial of degree n.
        package static func correction(of data: [UInt8], count: Int) -> [UInt8] {
            let generator = generator(count)
            var remainder = [UInt8](repeating: 0, count: count)
            for codeword in data {
                let factor = codeword ^ remainder[0]
                remainder = remainder.dropFirst() + [0]
                for index in 0..<count { remainder[index] ^= product(generator[index], factor) }
            }
            return remainder
        }

        /// The coefficients of (x − α⁰)(x − α¹)…(x − αⁿ⁻¹) from xⁿ⁻¹ to x⁰; that of xⁿ is 1.
        package static func generator(_ degree: Int) -> [UInt8] {
            var polynomial: [UInt8] = [1]
            var root: UInt8 = 1
            for _ in 0..<degree {
                let shifted = polynomial + [0]
                let scaled = [0] + polynomial.map { product($0, root) }
                polynomial = zip(shifted, scaled).map { $0 ^ $1 }
                root = product(root, 2)
            }
            return Array(polynomial.dropFirst())
        }

        /// The product in GF(2⁸) modulo x⁸ + x⁴ + x³ + x² + 1.
        package static func product(_ a: UInt8, _ b: UInt8) -> UInt8 {
            var product: UInt8 = 0
            for bit in (0..<8).reversed() {
                product = product << 1 ^ (product & 0x80 == 0 ? 0 : 0x1D)
                if b >> bit & 1 == 1 { product ^= a }
            }
            return product
        }
    }
}
