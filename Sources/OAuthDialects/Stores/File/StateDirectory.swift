package import Foundation

/// Where programs keep what outlives them and is no configuration.
package enum StateDirectory {
    /// The directory for this package's files, with everything above it in so far as that can be made.
    package static func prepare(_ environment: [String: String]) -> URL {
        let directory = place(environment)
        // What can't be made is a typed error when the store is used.
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
    /// The XDG base directory specification: a path that is not absolute is ignored.
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
