extension QRCode.Matrix {
    /// Draws finder, separator, timing, and alignment patterns, and the version information.
    mutating func drawFunctionPatterns(_ version: QRCode.Version) {
        for index in 0..<size {
            set(6, index, index.isMultiple(of: 2))
            set(index, 6, index.isMultiple(of: 2))
        }
        for (row, column) in [(3, 3), (3, size - 4), (size - 4, 3)] { drawFinder(row, column) }
        let last = version.alignment.last
        for row in version.alignment {
            for column in version.alignment {
                // Those in the corners of the finder patterns are left out (annex E).
                let isCorner = (row == 6 && (column == 6 || column == last)) || (row == last && column == 6)
                if !isCorner { drawAlignment(row, column) }
            }
        }
        reserveFormat()
        if version.number >= 7 { drawVersion(version.number) }
    }

    /// A finder pattern and its separator (sections 6.3.3 and 6.3.4).
    private mutating func drawFinder(_ row: Int, _ column: Int) {
        for y in max(0, row - 4)...min(size - 1, row + 4) {
            for x in max(0, column - 4)...min(size - 1, column + 4) {
                let distance = max(abs(y - row), abs(x - column))
                set(y, x, distance != 2 && distance != 4)
            }
        }
    }

    /// An alignment pattern (section 6.3.6).
    private mutating func drawAlignment(_ row: Int, _ column: Int) {
        for y in row - 2...row + 2 {
            for x in column - 2...column + 2 { set(y, x, max(abs(y - row), abs(x - column)) != 1) }
        }
    }
}
