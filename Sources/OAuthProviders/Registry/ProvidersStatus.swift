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

    /// Whether each provider's own session can serve callers, or has not failed to.
    ///
    /// An account that has to sign in again does not count.
    public var isHealthy: Bool {
        providers.allSatisfy { provider in
            switch provider.session.standing {
            case .working, .suspect: true
            case .noToken, .expired: provider.session.lastFailure == nil
            case .signInRequired, .signedOut: false
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
