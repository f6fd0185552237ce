extension QRCode {
    /// The modules of a symbol while it is made (section 6.3): function patterns first, then data.
    struct Matrix: Sendable {
        let size: Int
        private var dark: [Bool]
        private var reserved: [Bool]

        /// Draws the function patterns, and reserves the places of the format information.
        init(_ version: Version) {
            size = version.size
            dark = Array(repeating: false, count: size * size)
            reserved = dark
            drawFunctionPatterns(version)
        }

        /// Whether the module is dark.
        subscript(row: Int, column: Int) -> Bool { dark[row * size + column] }

        /// The modules, row by row from the top.
        var rows: [[Bool]] { (0..<size).map { Array(dark[$0 * size..<($0 + 1) * size]) } }

        /// Sets a module that no data and no mask changes.
        mutating func set(_ row: Int, _ column: Int, _ isDark: Bool) {
            dark[row * size + column] = isDark
            reserved[row * size + column] = true
        }

        /// Whether the module belongs to a function pattern or the format or version information.
        func isReserved(_ row: Int, _ column: Int) -> Bool { reserved[row * size + column] }

        /// Places codewords in columns of two modules, from the bottom right corner up and down (section 7.7.3).
        ///
        /// Modules that remain stay light.
        mutating func place(_ codewords: [UInt8]) {
            var bits = codewords.lazy.flatMap { codeword in (0..<8).reversed().map { codeword >> $0 & 1 == 1 } }
                .makeIterator()
            // The vertical timing pattern in column 6 belongs to no pair.
            let pairs = Array(stride(from: size - 1, to: 6, by: -2)) + Array(stride(from: 5, to: 0, by: -2))
            for (index, right) in pairs.enumerated() {
                for step in 0..<size {
                    let row = index.isMultiple(of: 2) ? size - 1 - step : step
                    for column in [right, right - 1] where !isReserved(row, column) {
                        dark[row * size + column] = bits.next() ?? false
                    }
                }
            }
        }

        /// The symbol with a mask over its data, and the format information that names the mask.
        func masked(by mask: Mask) -> Matrix {
            var matrix = self
            for row in 0..<size {
                for column in 0..<size where !isReserved(row, column) && mask.inverts(row, column) {
                    matrix.dark[row * size + column].toggle()
                }
            }
            matrix.drawFormat(mask)
            return matrix
        }
    }
}
