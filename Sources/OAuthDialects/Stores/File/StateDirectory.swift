package import Foundation

/// The directory where the platform keeps the state of programs.
package enum StateDirectory {
    /// The directory for this package's files; creates its parent directories if possible.
    package static func prepare(_ environment: [String: String]) -> URL {
        let directory = place(environment)
        // If this fails, the store throws a typed error when it is used.
        try? FileManager.default.createDirectory(
            at: directory.deletingLastPathComponent(),
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        return directory
    }

    #if canImport(Darwin)
    private static func place(_ environment: [String: String]) -> URL {
        URL.applicationSupportDirectory.appending(path: "OAuthDialects", directoryHint: .notDirectory)
    }
    #else
    /// Ignores a path that is not absolute, as the XDG Base Directory Specification requires.
    package static func place(_ environment: [String: String]) -> URL {
        let home = FileManager.default.homeDirectoryForCurrentUser.path(percentEncoded: false)
        let state = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        let place = URL(
            filePath: state ?? (environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home) + "/.local/state"
        )
        return place.appending(path: "oauth-dialects", directoryHint: .notDirectory)
    }
    #endif
}
