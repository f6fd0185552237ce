public import OAuthDialects

/// Makes a dialect out of a configuration's settings; an app registers its own beside the shipped ones.
///
/// ```swift
/// let acme = DialectFactory(settings: ["region"]) { options in
///     AcmeDialect(region: try options.value("region", of: ["eu": .europe, "us": .america]) ?? .europe)
/// }
/// ```
public struct DialectFactory: Sendable {
    let settings: [String]
    private let make: @Sendable (DialectOptions) throws -> any ProviderDialect

    /// Creates a factory.
    ///
    /// - Parameters:
    ///   - settings: the settings that it reads, in camel case; any other in its entry is a mistake.
    ///   - make: makes the dialect.
    public init(
        settings: [String] = [],
        _ make: @escaping @Sendable (DialectOptions) throws -> any ProviderDialect
    ) {
        (self.settings, self.make) = (settings, make)
    }

    /// The dialect of an entry, with API origins that are hosts.
    func dialect(for options: DialectOptions) throws -> any ProviderDialect {
        let dialect: any ProviderDialect
        do { dialect = try make(options) } catch let error as ConfigurationError { throw error.about(options.provider) }
        guard (try? dialect.apiOrigins.checkEntries()) != nil else {
            let allowed = ["hosts such as api.example.com or api.example.com:8443, without a wildcard or a path"]
            throw options.error("apiHosts", "names something else than a host", allowing: allowed)
        }
        return dialect
    }
}
