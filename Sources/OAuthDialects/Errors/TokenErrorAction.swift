extension TokenError {
    /// What to do about an error; more may come, so a `switch` needs a `default`.
    public struct Action: Sendable, Hashable, Redacted {
        private enum Value: String { case signIn, retry, verify, alert, fix }

        private let value: Value

        private init(_ value: Value) { self.value = value }

        /// Let the user sign in.
        public static let signIn = Self(.signIn)

        /// Make the same call again, not before ``TokenError/retryAt``.
        public static let retry = Self(.retry)

        /// Look up whether the request was processed; repeat it only if it was not.
        public static let verify = Self(.verify)

        /// Tell those who run the app: a configuration, a store, or the provider needs attention.
        public static let alert = Self(.alert)

        /// Change the code: the same call can't succeed.
        public static let fix = Self(.fix)

        package var redacted: String { value.rawValue }
    }
}

extension TokenError.Code {
    /// What to do about an error that is neither temporary nor about a request that may have been processed.
    var action: TokenError.Action {
        switch self {
        case .signInRequired, .signedOut, .signInDeclined, .signInExpired, .invalidCallback: .signIn
        case .untrustedHost, .insecureEndpoint, .invalidRequest, .unsupportedGrant, .answerTooLarge: .fix
        default: .alert
        }
    }
}
