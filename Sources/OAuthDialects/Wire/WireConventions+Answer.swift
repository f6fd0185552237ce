extension WireConventions {
    /// How token answers are read.
    public struct TokenAnswer: Sendable {
        /// Paths of objects that may contain the tokens; the first that is there is read, else the top level.
        public var containers: [String] = []

        /// This provider's own names of members, or paths such as `authed_user.id`; a member that is absent is looked for by its
        /// standard name.
        public var names: [Field: String] = [:]

        /// The types of token that are taken, in lower case, in place of `bearer`; an answer without a type is taken.
        public var tokenTypes: Set<String> = ["bearer"]

        /// Whether a lifetime of 0 means that the token never expires; by default it means that it has expired.
        public var zeroIsUnlimited = false

        /// Paths of members that an app needs, such as `instance_url` or `team.id`, which are stored with the tokens: texts of at most
        /// 1 KiB, numbers, and flags.
        ///
        /// They are looked for beside the tokens, then in the whole answer. With an object, a list, or a longer text in one of them an
        /// answer is unreadable; a refresh keeps the earlier value, and an event reports it.
        public var extras: [String] = []

        /// Like ``extras``, for values that must not be shown.
        public var secretExtras: [String] = []

        /// ``extras`` and ``secretExtras``.
        package var allExtras: [String] { extras + secretExtras }

        /// RFC 6749's.
        package init() {}
    }
}

extension WireConventions.TokenAnswer {
    /// Whether an answer has an access token where these conventions look for one.
    func hasToken(_ whole: JSONFields) -> Bool {
        let found = containers.lazy.compactMap { path -> JSONFields? in
            if case .object(let fields) = try? whole.value(at: path) { fields } else { nil }
        }
        let fields = found.first ?? whole
        let names = [names[.accessToken], "access_token"].compactMap(\.self)
        return names.contains { if case .text(let text) = try? fields.value(at: $0) { !text.isEmpty } else { false } }
    }
}
