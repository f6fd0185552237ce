public import OAuthDialects

/// The statuses of all sessions of an app, without any secret; for a health endpoint.
public struct ProvidersStatus: Sendable, Codable, Equatable {
    /// The statuses of a provider's sessions.
    public struct Provider: Sendable, Codable, Equatable {
        /// The provider's name.
        public let name: String

        /// The provider's own session.
        public let session: SessionStatus

        /// The sessions of accounts that the provider's pool holds.
        public let accounts: [SessionStatus]
    }

    /// The providers, in the order of their settings.
    public let providers: [Provider]

    /// Whether each session of the app's own has a token that works, or has not failed to get one.
    ///
    /// For a readiness check or an alert: a restart does not help. The sessions of accounts do not count, because their users may have
    /// to sign in again.
    public var isHealthy: Bool {
        providers.allSatisfy { provider in
            if provider.session.account != nil { return true }
            switch provider.session.standing {
            case .working: return true
            case .noToken, .expired: return provider.session.lastFailure == nil
            case .suspect, .signInRequired, .signedOut: return false
            }
        }
    }
}

extension ProvidersStatus: CustomStringConvertible {
    public var description: String {
        providers.flatMap { provider in
            let prefix = provider.name == provider.session.dialect ? "" : "\(provider.name): "
            return ([provider.session] + provider.accounts).map { "\(prefix)\($0)" }
        }.joined(separator: "\n")
    }
}
