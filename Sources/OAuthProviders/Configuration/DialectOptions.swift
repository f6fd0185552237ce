public import Foundation
internal import OAuthDialects

/// The settings of one provider's entry in a configuration, as a ``DialectFactory`` reads them.
///
/// A setting is named in camel case, as in JSON: `apiHosts`, which the environment has as `TIKI_API_HOSTS`. What its methods throw
/// is a ``ConfigurationError`` that names the entry and the setting.
public struct DialectOptions: Sendable {
    enum Value: Sendable {
        case text(String)
        case list([String])
        /// A value that is neither: a number, for instance.
        case other
    }

    /// The name of the entry, such as `tiki`.
    public let provider: String

    /// The settings that the entry's dialect takes; `nil` while the dialect is not known.
    var known: Set<String>?

    private let values: [String: Value]
    private let isEnvironment: Bool

    init(provider: String, values: [String: Value], isEnvironment: Bool) {
        (self.provider, self.values, self.isEnvironment) = (provider, values, isEnvironment)
    }

    /// A setting's text; `nil` if it is not set, or empty.
    public func text(_ setting: String) throws -> String? {
        try check(setting)
        switch values[setting] {
        case nil: return nil
        case .text(let text): return text.isEmpty ? nil : text
        case .list, .other: throw error(setting, "is not a text")
        }
    }

    /// The text of a setting that has to be there.
    public func required(_ setting: String) throws -> String {
        guard let text = try text(setting) else { throw error(setting, "is missing") }
        return text
    }

    /// The texts of a setting: a list in JSON, or a text that is divided by commas or spaces.
    public func list(_ setting: String) throws -> [String] {
        try check(setting)
        switch values[setting] {
        case nil: return []
        case .text(let text): return text.split { $0 == "," || $0.isWhitespace }.map(String.init)
        case .list(let texts) where !texts.contains(""): return texts
        case .list: throw error(setting, "has an empty text")
        case .other: throw error(setting, "is neither a text nor a list of texts")
        }
    }

    /// A setting's https URL, or http URL of this machine; `nil` if it is not set.
    public func url(_ setting: String) throws -> URL? {
        guard let text = try text(setting) else { return nil }
        guard let url = ServerURL.read(text) else {
            throw error(setting, "is not a URL that the app may use", allowing: ServerURL.allowed)
        }
        return url
    }

    /// The value that a setting names; `nil` if it is not set.
    public func value<Value>(_ setting: String, of values: [String: Value]) throws -> Value? {
        guard let text = try text(setting) else { return nil }
        guard let value = values[text] else {
            throw error(setting, "is not an allowed value", allowing: values.keys.sorted())
        }
        return value
    }

    /// The error about a setting; `problem` follows the setting's name, and has no secret.
    public func error(_ setting: String, _ problem: String, allowing values: [String] = []) -> ConfigurationError {
        ConfigurationError(provider: provider, setting: spelled(setting), problem, allowedValues: values)
    }

    /// Makes a value of a required text, and completes the error that is thrown.
    func reading<Value>(_ setting: String, allowing values: [String], _ make: (String) throws -> Value) throws -> Value
    {
        guard let text = try text(setting) else { throw error(setting, "is missing", allowing: values) }
        do { return try make(text) } catch let error as ConfigurationError {
            throw error.about(provider, spelled(setting))
        }
    }

    /// A setting that the factory does not name is always refused, so it can't be read either.
    private func check(_ setting: String) throws {
        guard known?.contains(setting) ?? true else {
            throw error(setting, "is read by the dialect's factory, which does not name it in its settings")
        }
    }

    /// A setting as the configuration spells it.
    func spelled(_ setting: String) -> String {
        isEnvironment ? "\(SettingName.prefix(provider))_\(SettingName.variable(setting))" : setting
    }
}

/// URLs of servers in a configuration.
enum ServerURL {
    static let allowed = ["an https URL", "an http URL of this machine"]

    /// A URL that may carry secrets, without user information, a query, and a fragment.
    static func read(_ text: String) -> URL? {
        guard let url = URL(string: text), (try? Origin(carryingSecretsTo: url)) != nil, url.query == nil,
            url.fragment == nil
        else { return nil }
        return url
    }
}
