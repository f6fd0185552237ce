/// Random texts: secrets, keys of objects, and numbers of the lengths that the providers' samples have.
enum RandomText {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")

    /// Letters and digits from the system's secure generator.
    static func letters(_ count: Int) -> String {
        String((0..<count).map { _ in alphabet[Int.random(in: alphabet.indices)] })
    }

    /// Decimal digits, of which the first is no zero.
    static func digits(_ count: Int) -> String {
        (0..<count).map { String(Int.random(in: ($0 == 0 ? 1 : 0)...9)) }.joined()
    }

    /// Binary digits, as the QR codes in WeTix's samples are.
    static func bits(_ count: Int) -> String {
        "1" + (1..<count).map { _ in Bool.random() ? "1" : "0" }.joined()
    }
}
