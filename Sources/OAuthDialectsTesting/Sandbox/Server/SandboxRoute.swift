/// An API route of the app, protected by an access token.
struct SandboxRoute: Sendable {
    let method: String
    let path: String
    let handler: SandboxHandler

    /// The components of a path with a `*` among them; empty for a path without one.
    private let pattern: [Substring]

    init(method: String, path: String, handler: @escaping SandboxHandler) {
        self.method = method
        self.path = path
        self.handler = handler
        let components = Self.components(of: path)
        pattern = components.contains("*") ? components : []
    }

    /// Whether a `*` in the route's path stands for a component of this path.
    func covers(_ path: String) -> Bool {
        guard !pattern.isEmpty else { return false }
        let components = Self.components(of: path)
        return components.count == pattern.count
            && zip(pattern, components).allSatisfy { $0 == "*" ? !$1.isEmpty : $0 == $1 }
    }

    private static func components(of path: String) -> [Substring] {
        path.split(separator: "/", omittingEmptySubsequences: false)
    }
}
