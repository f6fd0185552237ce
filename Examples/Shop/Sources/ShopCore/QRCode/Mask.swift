extension QRCode {
    /// A mask pattern (section 7.8.2, table 10).
    struct Mask: Sendable {
        /// 0 to 7, the reference in the format information.
        let number: Int

        /// Whether the mask inverts the module, if it is a data module.
        func inverts(_ row: Int, _ column: Int) -> Bool {
            let product = row * column
            return switch number {
            case 0: (row + column) % 2 == 0
            case 1: row % 2 == 0
            case 2: column % 3 == 0
            case 3: (row + column) % 3 == 0
            case 4: (row / 2 + column / 3) % 2 == 0
            case 5: product % 2 + product % 3 == 0
            case 6: (product % 2 + product % 3) % 2 == 0
            default: ((row + column) % 2 + product % 3) % 2 == 0
            }
        }
    }
}
