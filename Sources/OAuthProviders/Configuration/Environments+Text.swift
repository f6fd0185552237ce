internal import Foundation
public import OAuthDialects

extension WeTixDialect.Environment {
    static let allowed =
        ["production", "sandbox", "legacy-production", "legacy-sandbox"] + ServerURL.allowed

    /// Reads `production`, `sandbox`, `legacy-production`, `legacy-sandbox`, or the URL of a server's root.
    ///
    /// - Throws: ``ConfigurationError`` with the allowed values, for any other text.
    public init(_ text: String) throws {
        switch text {
        case "production": self = .production
        case "sandbox": self = .sandbox
        case "legacy-production": self = .legacyProduction
        case "legacy-sandbox": self = .legacySandbox
        default: self = .custom(try ServerURL.environment(text, of: "WeTix", Self.allowed))
        }
    }
}

extension RevenueMonsterDialect.Environment {
    static let allowed = ["production", "sandbox"] + ServerURL.allowed

    /// Reads `production`, `sandbox`, or the URL of a server's root.
    ///
    /// - Throws: ``ConfigurationError`` with the allowed values, for any other text.
    public init(_ text: String) throws {
        switch text {
        case "production": self = .production
        case "sandbox": self = .sandbox
        default: self = .custom(try ServerURL.environment(text, of: "Revenue Monster", Self.allowed))
        }
    }
}

extension TikiDialect.Environment {
    static let allowed = ["production"] + ServerURL.allowed

    /// Reads `production`, or the URL of a server's root.
    ///
    /// - Throws: ``ConfigurationError`` with the allowed values, for any other text.
    public init(_ text: String) throws {
        switch text {
        case "production": self = .production
        default: self = .custom(try ServerURL.environment(text, of: "Tiki", Self.allowed))
        }
    }
}

extension ServerURL {
    fileprivate static func environment(_ text: String, of provider: String, _ allowed: [String]) throws -> URL {
        guard let url = read(text) else {
            throw ConfigurationError("names no environment of \(provider)", allowedValues: allowed)
        }
        return url
    }
}
