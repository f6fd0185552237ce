internal import Foundation
internal import OAuthDialects

/// A loopback redirect URI without its port, which the operating system chooses (RFC 8252, section 7.3).
struct LoopbackRedirect: Equatable {
    private let host: String
    private let rest: String

    /// Parses a redirect URI with a loopback IP address; `nil` for any other, including `localhost`.
    init?(_ text: String) {
        guard text.hasPrefix("http://"), let url = URL(string: text), let origin = try? Origin(of: url),
            origin.isLoopback, origin.host != "localhost"
        else { return nil }
        host = origin.host
        rest = String(text.dropFirst(7).drop { !"/?#".contains($0) })
    }
}
