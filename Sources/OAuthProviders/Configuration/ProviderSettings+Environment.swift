public import Foundation
internal import OAuthDialects

extension ProviderSettings {
    /// Reads settings from environment variables.
    ///
    /// `OAUTH_PROVIDERS` names the providers, as in `wetix,revenue-monster`. Each has variables of its own, whose prefix is its name:
    /// `WETIX_ENVIRONMENT`, `REVENUE_MONSTER_CLIENT_ID`. A variable that is empty counts as not set.
    ///
    /// - Parameters:
    ///   - variables: the variables; by default those of the process.
    ///   - dialects: the app's own dialects, by the names that `…_DIALECT` may have.
    /// - Returns: the settings of each provider.
    /// - Throws: ``ConfigurationError`` for the first mistake; an unknown variable with the prefix of a provider is one.
    public static func environment(
        _ variables: [String: String] = ProcessInfo.processInfo.environment,
        dialects: [String: DialectFactory] = [:]
    ) throws -> [ProviderSettings] {
        let names = (variables[providers] ?? "").split { $0 == "," || $0.isWhitespace }.map(String.init)
        guard !names.isEmpty else {
            throw ConfigurationError(setting: providers, "is missing: it names the providers, as in wetix,tiki")
        }
        if let name = names.first(where: { !SettingName.isProvider($0) }) { throw ConfigurationError.badName(name) }
        if Set(names).count < names.count {
            throw ConfigurationError(setting: providers, "names a provider more than once")
        }
        var entries = ConfiguredEntries(dialects)
        let known = try names.map { name in
            let unread = DialectOptions(provider: name, values: [:], isEnvironment: true)
            let dialect = variables[unread.spelled("dialect")].flatMap { $0.isEmpty ? nil : $0 }
            let factory = try entries.factory(named: dialect, for: unread)
            return (unread, factory, ConfiguredEntries.settings(of: factory))
        }
        try checkNames(known.map { ($0, $2) })
        try check(variables, known.map { ($0, $2) })
        return try known.map { unread, factory, settings in
            let pairs = settings.compactMap { setting in
                variables[unread.spelled(setting)].map { (setting, DialectOptions.Value.text($0)) }
            }
            let values = Dictionary(uniqueKeysWithValues: pairs)
            return try entries.settings(
                DialectOptions(provider: unread.provider, values: values, isEnvironment: true),
                factory
            )
        }
    }

    private static let providers = "OAUTH_PROVIDERS"

    /// Throws if one variable would set two providers, as `TIKI_ACCOUNT_SCOPES` would for `tiki` and `tiki-account`.
    private static func checkNames(_ known: [(DialectOptions, [String])]) throws {
        var owners: [String: String] = [:]
        for (options, settings) in known {
            for name in settings.map(options.spelled) {
                if let other = owners.updateValue(options.provider, forKey: name) {
                    throw ConfigurationError(
                        provider: options.provider,
                        setting: name,
                        "is also a variable of the provider \(other): give one of the two another name"
                    )
                }
            }
        }
    }

    /// Throws for a variable that has a provider's prefix, and that no provider knows.
    private static func check(_ variables: [String: String], _ known: [(DialectOptions, [String])]) throws {
        let all = Set(known.flatMap { options, settings in settings.map(options.spelled) } + [providers])
        for name in variables.keys.sorted() where !all.contains(name) {
            let owners = known.filter { name.hasPrefix(SettingName.prefix($0.0.provider) + "_") }
            // Of `shop` and `shop-eu`, the longer one is meant.
            guard let (options, settings) = owners.max(by: { $0.0.provider.count < $1.0.provider.count }) else {
                continue
            }
            let rest = name.dropFirst(SettingName.prefix(options.provider).count + 1)
            guard !isOfCluster(rest) else { continue }
            throw ConfigurationError(
                provider: options.provider,
                setting: ProviderText.clean(name),
                "is unknown",
                allowedValues: settings.map(options.spelled)
            )
        }
    }

    /// Whether Kubernetes or Docker sets the variable, for a service that has the provider's name.
    private static func isOfCluster(_ rest: Substring) -> Bool {
        rest.wholeMatch(of: #/SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_[0-9]+_(TCP|UDP|SCTP).*)?/#) != nil
    }
}
