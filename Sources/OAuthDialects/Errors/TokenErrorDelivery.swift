extension TokenError {
    /// What is known about an API request that failed; more may come, so a `switch` needs a `default`.
    public struct Delivery: Sendable, Hashable, Redacted {
        private enum Value: String { case notSent, rejected, unknown }

        private let value: Value

        private init(_ value: Value) { self.value = value }

        /// Nothing of the request was sent.
        public static let notSent = Self(.notSent)

        /// The API answered with a rejection of the token, and no further attempt was sent.
        public static let rejected = Self(.rejected)

        /// The request may have been processed: at least a part of it was sent, and its answer is not known.
        public static let unknown = Self(.unknown)

        package var redacted: String { value.rawValue }
    }
}
