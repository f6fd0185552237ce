internal import Foundation
internal import OAuthDialects

/// A redirect URI of a program on the person's own machine, whose port is the system's choice (RFC 8252, section 7.3).
struct LoopbackRedirect: Equatable {
    private let host: String
    private let rest: String

    /// Reads one that is an IP literal of loopback, not the name `localhost`; `nil` for any other.
    init?(_ text: String) {
        guard text.hasPrefix("http://"), let url = URL(string: text), let origin = try? Origin(of: url),
            origin.isLoopback, origin.host != "localhost"
        else { return nil }
        host = origin.host
        rest = String(text.dropFirst(7).drop { !"/?#".contains($0) })
    }
}
