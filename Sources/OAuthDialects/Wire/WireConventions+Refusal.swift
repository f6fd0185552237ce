extension WireConventions {
    /// How refusals are read, and what their codes mean.
    public struct RefusalFormat: Sendable {
        /// A member of an answer, or a path such as `status.ok`, that says whether it is a success; an answer without it is read as usual.
        public struct Success: Sendable, Equatable {
            package enum Kind: Equatable, Sendable { case flag, number, text }

            package let name: String
            package let value: String
            package let kind: Kind

            /// A flag, a number, or a text: `("ok", true)` for Slack, `("code", 0)` for Lark.
            ///
            /// The provider may write a flag or a number as a text; a member of another type says that the answer is a refusal.
            public init(_ name: String, _ value: some LosslessStringConvertible) {
                let isNumber = value is any BinaryInteger || value is any BinaryFloatingPoint
                self.name = name
                self.value =
                    Double("\(value)").flatMap { isNumber ? Int(exactly: $0) : nil }.map(String.init) ?? "\(value)"
                kind = value is Bool ? .flag : isNumber ? .number : .text
            }
        }

        /// What tells a success from a refusal at a 2xx status.
        public var success: Success?

        /// Paths at which the code is looked for first, such as `result.errors[].type`.
        ///
        /// A code there makes the answer a refusal at any status, unless it is empty, 0, `ok`, or `success`. Without a path the code is
        /// looked for in `error`; in `code`, `errorType`, and `errorCode` of an object `error` and of the list `errors`; in `errcode`; in
        /// `code` beside `msg`; and at an error status in `code` alone.
        public var codes: [String] = []

        /// Paths at which the message is looked for first.
        public var messages: [String] = []

        /// What a code means at the token endpoint; RFC 6749's codes are known.
        ///
        /// Codes are compared as ``Refusal/foldedCode``, by letters and digits alone: `-1` equals `1`. At 408, 425, 429, and 5xx a refusal
        /// is ``Remedy/retryLater`` whatever its code.
        public var remedies: [String: Remedy] = [:]

        /// The codes by which the API rejects a token, beside the status 401.
        public var rejections: Set<String> = []

        /// RFC 6749's, and what other providers are known to write.
        package init() {}
    }
}
