internal import Foundation

/// A server's root and the API origins that belong to it.
struct ServerRoot: Sendable {
    let url: URL
    let isCustom: Bool

    init(_ text: String) {
        url = URL(string: text)!
        isCustom = false
    }

    init(custom url: URL) {
        self.url = url
        isCustom = true
    }

    func endpoint(_ path: String) -> URL {
        url.appending(path: path, directoryHint: .notDirectory)
    }

    /// The provider's API hosts, the app's hosts, and a custom server's own origin.
    func apiOrigins(_ hosts: [String], adding more: [String]) -> APIOrigins {
        let named = APIOrigins(hosts).adding(more)
        return isCustom ? named.adding(originOf: url) : named
    }
}
