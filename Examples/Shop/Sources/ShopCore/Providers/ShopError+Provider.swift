extension ShopError {
    /// The error that a person reads when a provider's call failed.
    init(_ failure: ProviderFailure, provider: String) {
        switch failure {
        case .notConnected: self.init(.notConnected, "\(provider) is not connected. Please sign in again.")
        case .unavailable, .lost:
            self.init(.unavailable, "\(provider) can't answer right now. Please try again in a moment.")
        case .refused, .unreadable:
            self.init(.unavailable, "\(provider) gave an answer that we can't use. Please try again later.")
        }
    }
}
