package import Foundation

/// Where programs keep what outlives them and is no configuration.
package enum StateDirectory {
    /// The directory for this package's files, with everything above it.
    package static func prepare(_ environment: [String: String]) throws -> URL {
        let directory = try place(environment)
        do {
            try FileManager.default.createDirectory(
                at: directory.deletingLastPathComponent(),
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw TokenError(
                .storeFailed,
                "The state directory \(directory.path(percentEncoded: false)) can't be made.",
                hint: "Name a directory: FileTokenStore(directory:).",
                isTransient: true,
                underlying: UnderlyingError(error)
            )
        }
        return directory
    }

    #if canImport(Darwin)
    private static func place(_ environment: [String: String]) throws -> URL {
        URL.applicationSupportDirectory.appending(path: "OAuthDialects", directoryHint: .notDirectory)
    }
    #else
    /// The XDG base directory specification: a path that is not absolute is ignored.
    package static func place(_ environment: [String: String]) throws -> URL {
        let state = [
            environment["XDG_STATE_HOME"],
            environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 + "/.local/state" : nil },
        ].lazy.compactMap(\.self).first { $0.hasPrefix("/") }
        guard let state else {
            throw TokenError(
                .storeFailed,
                "The environment has neither HOME nor XDG_STATE_HOME with an absolute path.",
                hint: "Name a directory: FileTokenStore(directory:)."
            )
        }
        return URL(filePath: state).appending(path: "oauth-dialects", directoryHint: .notDirectory)
    }
    #endif
}
