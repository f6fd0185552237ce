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

    /// Whether each provider's own session has a token that works, or has not failed to get one.
    ///
    /// For a readiness check or an alert: a restart mends nothing of it. Accounts do not count: one that has to sign in again is no
    /// fault of the app.
    public var isHealthy: Bool {
        providers.allSatisfy { provider in
            switch provider.session.standing {
            case .working: true
            case .noToken, .expired: provider.session.lastFailure == nil
            case .suspect, .signInRequired, .signedOut: false
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
