internal import Foundation
internal import OAuthDialects

/// Makes the stores that a configuration names, one for each directory.
struct StoreSetting {
    private static let allowed = ["memory", "file", "file: and an absolute path"]

    private var files: [String: FileTokenStore] = [:]

    mutating func store(_ options: DialectOptions) throws -> (any TokenStore)? {
        guard let text = try options.text("store") else { return nil }
        if text == "memory" { return InMemoryTokenStore() }
        let path = text == "file" ? "" : String(text.trimmingPrefix("file:"))
        guard text == "file" || text.hasPrefix("file:/"), !path.hasPrefix("//") else {
            throw options.error("store", "names no store", allowing: Self.allowed)
        }
        let store = files[path] ?? (path.isEmpty ? FileTokenStore() : FileTokenStore(directory: URL(filePath: path)))
        files[path] = store
        return store
    }
}
