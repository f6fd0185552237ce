extension TokenError {
    /// The kinds of failure; more may come, so a `switch` needs a `default`.
    public struct Code: Sendable, Hashable, Redacted {
        private enum Value: String {
            case refused, unavailable, timedOut, unreadableAnswer, answerTooLarge, redirected
            case signInRequired, signedOut, signInDeclined, signInExpired, invalidCallback
            case unsupportedGrant, invalidCredentials, invalidRequest
            case insecureEndpoint, untrustedHost
            case overBudget
            case storeFailed, storeBusy
        }

        private let value: Value

        private init(_ value: Value) {
            self.value = value
        }

        /// The provider refused, and asking again as before won't help.
        public static let refused = Self(.refused)

        /// The provider could not be reached, or said that it can't answer now.
        public static let unavailable = Self(.unavailable)

        /// No token came within the caller's patience; the exchange goes on for whoever asks next.
        public static let timedOut = Self(.timedOut)

        /// The answer was no token answer, or held a token that can't be used.
        public static let unreadableAnswer = Self(.unreadableAnswer)

        /// The answer was larger than the limit.
        public static let answerTooLarge = Self(.answerTooLarge)

        /// A token endpoint answered with a redirect, which is never followed.
        public static let redirected = Self(.redirected)

        /// A person has to sign in again.
        public static let signInRequired = Self(.signInRequired)

        /// The session was signed out, here or by another process that shares its store.
        public static let signedOut = Self(.signedOut)

        /// The person, or the provider on their behalf, said no when asked to sign in.
        public static let signInDeclined = Self(.signInDeclined)

        /// A sign-in took too long, is not known, or was finished before: it has to begin anew.
        public static let signInExpired = Self(.signInExpired)

        /// What a browser came back with does not belong to the sign-in: nothing of it may be used.
        public static let invalidCallback = Self(.invalidCallback)

        /// The provider has no such grant.
        public static let unsupportedGrant = Self(.unsupportedGrant)

        /// The client's id or secret is missing or can't be sent as this provider wants it.
        public static let invalidCredentials = Self(.invalidCredentials)

        /// A request can't be sent as it is: a header value with a line break, for instance.
        public static let invalidRequest = Self(.invalidRequest)

        /// A URL that would carry secrets is not https, or has no acceptable host.
        public static let insecureEndpoint = Self(.insecureEndpoint)

        /// A request goes to an origin that the dialect's API origins does not name.
        public static let untrustedHost = Self(.untrustedHost)

        /// The session has made as many exchanges as its budget allows for now.
        public static let overBudget = Self(.overBudget)

        /// The token store can't be used, or a record can't be read or written; the message says why.
        public static let storeFailed = Self(.storeFailed)

        /// The token store's lock was not free in time, or another process took the lock over; nothing was saved.
        public static let storeBusy = Self(.storeBusy)

        package var redacted: String { value.rawValue }
    }
}
