public import Foundation
public import OAuthDialects

/// A mistake in a configuration: which provider, which setting, and what is allowed; never a value, which may be a secret.
public struct ConfigurationError: Error, Sendable, Equatable {
    /// The name of the provider whose entry is wrong; `nil` if the mistake is not in an entry.
    public let provider: String?

    /// The setting as the configuration spells it, such as `environment` or `WETIX_ENVIRONMENT`; `nil` if no setting is wrong.
    public let setting: String?

    /// What is wrong, in a phrase that follows the setting.
    public let problem: String

    /// What the setting takes; empty if that can't be listed.
    public let allowedValues: [String]

    init(provider: String? = nil, setting: String? = nil, _ problem: String, allowedValues: [String] = []) {
        (self.provider, self.setting, self.problem) = (provider, setting, problem)
        self.allowedValues = allowedValues
    }

    /// The same error about an entry and its setting, unless it names others.
    func about(_ provider: String, _ setting: String? = nil) -> Self {
        Self(
            provider: self.provider ?? provider,
            setting: self.setting ?? setting,
            problem,
            allowedValues: allowedValues
        )
    }
}

extension ConfigurationError: Redacted, LocalizedError {
    package var redacted: String {
        let place = [provider.map { "Provider \($0)" }, setting].compactMap(\.self).joined(separator: ", ")
        let allowed = allowedValues.isEmpty ? "" : " Allowed: \(allowedValues.joined(separator: ", "))."
        let end = problem.hasSuffix(".") ? "" : "."
        return "\(place.isEmpty ? "Configuration" : place): \(problem)\(end)\(allowed)"
    }

    public var errorDescription: String? { redacted }
}
