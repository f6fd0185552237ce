extension TokenError {
    /// The kinds of failure; more may come, so a `switch` needs a `default`.
    public struct Code: Sendable, Hashable, Redacted {
        private enum Value: String {
            case refused, unavailable, timedOut, unreadableAnswer, answerTooLarge, redirected
            case signInRequired, signedOut, signInDeclined, signInExpired, invalidCallback
            case unsupportedGrant, invalidCredentials, invalidRequest
            case insecureEndpoint, untrustedHost
            case overBudget
            case requestFailed
            case storeFailed, storeBusy
        }

        private let value: Value

        private init(_ value: Value) {
            self.value = value
        }

        /// The provider refused; the same request won't succeed later, unless the error is transient because nobody knows the
        /// refusal's word (``Remedy/unknown``).
        public static let refused = Self(.refused)

        /// The provider could not be reached for a token, or can't answer now.
        public static let unavailable = Self(.unavailable)

        /// The caller timed out waiting for a token; the renewal continues for the next caller.
        public static let timedOut = Self(.timedOut)

        /// The answer is not a token answer, or contains an invalid token.
        public static let unreadableAnswer = Self(.unreadableAnswer)

        /// The answer was larger than the limit.
        public static let answerTooLarge = Self(.answerTooLarge)

        /// A token endpoint answered with a redirect; the session does not follow it.
        public static let redirected = Self(.redirected)

        /// The user has to sign in again: the provider has refused the refresh token, or there is none.
        ///
        /// A report, not a deletion: the session presents the refresh token again from time to time. If
        /// ``TokenError/delivery`` is `.rejected`, ``TokenError/refusal`` is the API's.
        public static let signInRequired = Self(.signInRequired)

        /// The session was signed out, here or by another process that shares its store.
        public static let signedOut = Self(.signedOut)

        /// The user, or the provider on the user's behalf, declined to sign in.
        public static let signInDeclined = Self(.signInDeclined)

        /// The sign-in took too long, is unknown, or was already finished: begin a new one.
        public static let signInExpired = Self(.signInExpired)

        /// The callback URL does not answer this sign-in.
        public static let invalidCallback = Self(.invalidCallback)

        /// The provider does not support the grant.
        public static let unsupportedGrant = Self(.unsupportedGrant)

        /// The client's id or secret is missing, or can't be sent the way the provider requires.
        public static let invalidCredentials = Self(.invalidCredentials)

        /// A request can't be sent as it is: a header value with a line break, for instance.
        public static let invalidRequest = Self(.invalidRequest)

        /// A URL that would carry secrets is not https, or has an invalid host.
        public static let insecureEndpoint = Self(.insecureEndpoint)

        /// The URL's origin is not one of the dialect's API origins.
        public static let untrustedHost = Self(.untrustedHost)

        /// The session has sent as many token requests as its budget allows for now.
        public static let overBudget = Self(.overBudget)

        /// An API request got no usable answer; ``TokenError/delivery`` says whether it was sent.
        public static let requestFailed = Self(.requestFailed)

        /// The token store can't be used, or a record can't be read or written; the message says why.
        public static let storeFailed = Self(.storeFailed)

        /// The token store's lock was not free in time, or another process took the lock over; nothing was saved.
        public static let storeBusy = Self(.storeBusy)

        package var redacted: String { value.rawValue }
    }
}
