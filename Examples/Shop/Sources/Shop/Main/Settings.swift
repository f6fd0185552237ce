import Configuration
import Foundation
import Logging
import OAuthDialects

/// The settings of a process, from its environment.
package struct Settings: Sendable {
    /// Where the providers are.
    enum Source: Sendable {
        /// Sandboxes in this process.
        case embedded
        /// Sandboxes in another process, which has written this file.
        case directory(URL)
        /// Real providers, by `OAUTH_PROVIDERS`.
        case configured
    }

    let address: String
    let port: Int
    let publicURL: PublicURL?
    let folder: URL
    let database: Secret?
    let staffPassword: Secret?
    let cookieKey: Secret?
    let source: Source
    let tokenLifetime: Duration
    let hold: Duration
    let logLevel: Logger.Level
    /// The whole environment, for the providers' own variables.
    let environment: [String: String]

    package init(_ environment: [String: String]) throws {
        let reader = SettingReader(environment)
        self.environment = environment
        address = reader.text("SHOP_ADDRESS") ?? "127.0.0.1"
        port = try reader.number("SHOP_PORT", in: 0...65_535) ?? 8080
        publicURL = try reader.text("SHOP_PUBLIC_URL").map { text in
            guard let url = URL(string: text).flatMap(PublicURL.init) else {
                throw SettingError("SHOP_PUBLIC_URL", "must be an http or https URL without a path")
            }
            return url
        }
        folder = reader.text("SHOP_FOLDER").map { URL(filePath: $0, directoryHint: .isDirectory) } ?? Self.usualFolder
        database = reader.secret("DATABASE_URL")
        staffPassword = reader.secret("SHOP_STAFF_PASSWORD")
        cookieKey = reader.secret("SHOP_COOKIE_KEY")
        if let cookieKey, cookieKey.revealed.utf8.count < 32 {
            throw SettingError("SHOP_COOKIE_KEY", "must have at least 32 characters")
        }
        let directory = reader.text("SHOP_SANDBOXES").map { URL(filePath: $0, directoryHint: .notDirectory) }
        let isConfigured = reader.text("OAUTH_PROVIDERS") != nil
        if isConfigured, directory != nil {
            throw SettingError("SHOP_SANDBOXES", "can't be set together with OAUTH_PROVIDERS")
        }
        source = isConfigured ? .configured : directory.map(Source.directory) ?? .embedded
        tokenLifetime = .seconds(try reader.number("SHOP_TOKEN_LIFETIME", in: 1...86_400) ?? 60)
        hold = .seconds(try reader.number("SHOP_HOLD", in: 1...86_400) ?? 900)
        logLevel = try reader.value("SHOP_LOG_LEVEL") { Logger.Level(rawValue: $0) } ?? .notice
    }

    private static var usualFolder: URL {
        FileManager.default.temporaryDirectory.appending(path: "panggung-\(getuid())", directoryHint: .isDirectory)
    }
}

/// Its values may be secret, and services are printed with what they hold.
extension Settings: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "Settings" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// Reads variables, and says which one is wrong without its value.
private struct SettingReader {
    private static let secrets: Set<String> = ["DATABASE_URL", "SHOP_STAFF_PASSWORD", "SHOP_COOKIE_KEY"]

    private let config: ConfigReader

    init(_ environment: [String: String]) {
        config = ConfigReader(
            provider: EnvironmentVariablesProvider(
                environmentVariables: environment,
                secretsSpecifier: .specific(Self.secrets)
            )
        )
    }

    /// A variable; `nil` if it is missing or empty.
    func text(_ name: String) -> String? {
        let key = name.lowercased().replacing("_", with: ".")
        let text = config.string(forKey: ConfigKey(key), isSecret: Self.secrets.contains(name))
        return text.flatMap { $0.isEmpty ? nil : $0 }
    }

    func secret(_ name: String) -> Secret? { text(name).map { Secret($0) } }

    func number(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
        try text(name).map { text in
            guard let number = Int(text), range.contains(number) else {
                throw SettingError(name, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            }
            return number
        }
    }

    func value<Value: CaseIterable>(_ name: String, _ make: (String) -> Value?) throws -> Value? {
        try text(name).map { text in
            guard let value = make(text) else {
                let words = Value.allCases.map { "\($0)" }.joined(separator: ", ")
                throw SettingError(name, "must be one of \(words)")
            }
            return value
        }
    }
}
