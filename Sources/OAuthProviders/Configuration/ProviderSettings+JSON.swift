public import Foundation
internal import OAuthDialects

extension ProviderSettings {
    /// Reads settings from JSON: an object `providers` with an object for each provider, by its name.
    ///
    /// ```json
    /// {"providers": {"tiki": {"environment": "production", "clientID": "…", "clientSecret": "…"}}}
    /// ```
    ///
    /// - Parameters:
    ///   - data: the JSON text.
    ///   - dialects: the app's own dialects, by the names that `dialect` may have.
    /// - Returns: the settings of each provider.
    /// - Throws: ``ConfigurationError`` for the first mistake; a setting that is unknown, or there twice, is one.
    public static func json(_ data: Data, dialects: [String: DialectFactory] = [:]) throws -> [ProviderSettings] {
        guard let root = JSONFields(data) else { throw ConfigurationError("it is not a JSON object") }
        if let other = root.names.first(where: { $0 != "providers" }) {
            throw ConfigurationError(setting: ProviderText.clean(other), "is unknown", allowedValues: ["providers"])
        }
        guard case .object(let providers) = try root.single("providers") else {
            throw ConfigurationError(setting: "providers", "is no object with an object for each provider")
        }
        var entries = ConfiguredEntries(dialects)
        return try providers.names.map { name in
            guard SettingName.isProvider(name) else { throw ConfigurationError.badName(name) }
            guard case .object(let entry) = try providers.single(name) else {
                throw ConfigurationError(provider: name, "its entry is no object")
            }
            return try settings(entry, named: name, &entries)
        }
    }

    private static func settings(
        _ entry: JSONFields,
        named name: String,
        _ entries: inout ConfiguredEntries
    ) throws -> ProviderSettings {
        let unread = DialectOptions(provider: name, values: [:], isEnvironment: false)
        let dialect: String?
        switch try entry.single("dialect", of: name) {
        case nil: dialect = nil
        case .text(let text): dialect = text
        default: throw unread.error("dialect", "is not a text")
        }
        let factory = try entries.factory(named: dialect, for: unread)
        let known = ConfiguredEntries.settings(of: factory)
        if let other = entry.names.first(where: { !known.contains($0) }) {
            throw unread.error(ProviderText.clean(other), "is unknown", allowing: known)
        }
        let pairs = try known.compactMap { setting in
            try entry.single(setting, of: name).map { (setting, DialectOptions.Value($0)) }
        }
        let values = Dictionary(uniqueKeysWithValues: pairs)
        return try entries.settings(DialectOptions(provider: name, values: values, isEnvironment: false), factory)
    }
}

extension JSONFields {
    /// The value of a field that may be there once.
    fileprivate func single(_ name: String, of provider: String? = nil) throws -> Value? {
        do { return try value(name) } catch {
            throw ConfigurationError(provider: provider, setting: name, "is there more than once")
        }
    }
}

extension DialectOptions.Value {
    fileprivate init(_ value: JSONFields.Value) {
        switch value {
        case .text(let text): self = .text(text)
        case .list(let values):
            let texts = values.compactMap { if case .text(let text) = $0 { text } else { nil } }
            self = texts.count == values.count ? .list(texts) : .other
        default: self = .other
        }
    }
}

extension ConfigurationError {
    static func badName(_ name: String) -> Self {
        Self(
            provider: ProviderText.clean(name),
            "this is no name of a provider",
            allowedValues: [SettingName.providerRule]
        )
    }
}
