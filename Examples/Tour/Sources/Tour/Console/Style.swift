/// The look of a piece of text.
///
/// The colors are entries of xterm's palette of 256 that have a contrast of at least 4.5:1 (WCAG 2.2, criterion 1.4.3) both on black
/// and on white. Only six entries have.
package enum Style: CaseIterable, Sendable {
    case bold
    case good
    case bad
    case app
    case session
    case provider
    case quiet

    /// The entry of the palette; `nil` for the terminal's own color.
    package var color: Int? {
        switch self {
        case .bold: nil
        case .good: 29
        case .bad: 163
        case .app: 98
        case .session: 63
        case .provider: 131
        case .quiet: 243
        }
    }

    /// The parameters of the escape sequence (ECMA-48, SGR).
    var parameters: String {
        // Bold letters are easier to read where the background is only almost black or white.
        switch self {
        case .quiet: "38;5;243"
        default: color.map { "1;38;5;\($0)" } ?? "1"
        }
    }
}
