/// Takes secrets out of texts, however the other side may have spelled, cut, or divided them.
///
/// It undoes spellings, redacts every run of 8 bytes of a secret in what comes out, and takes time in proportion to the texts. Of
/// a shorter secret only the whole is redacted, and only where it stands as a word of its own: parts of it are in every text.
package struct Scrubber: Sendable {
    /// How much of a text is read: what stands behind it is not shown (``ProviderText/maximumBytes``).
    private static let maximumBytes = 4096

    private let secrets: [Secret]

    package init(_ secrets: [Secret]) {
        self.secrets = secrets.filter { !$0.isEmpty }
    }

    /// The secrets of an exchange, those that a dialect or its conventions put on the request besides, and the session's tokens.
    package init(_ exchange: TokenExchange, _ request: WireRequest? = nil, tokens: [Secret] = []) {
        let secret = exchange.credentials.secret.map { [$0] } ?? []
        self.init(exchange.grant.secrets + secret + (request?.secrets ?? []) + tokens)
    }

    /// The same scrubber, which also knows the tokens in an answer, and its other secrets.
    func knowing(_ response: WireResponse, _ answer: WireConventions.TokenAnswer) -> Self {
        guard let whole = response.fields else { return self }
        var objects = [whole]
        for container in answer.containers {
            if case .object(let fields) = try? whole.value(at: container) { objects.append(fields) }
        }
        let fields: [WireConventions.Field] = [.accessToken, .refreshToken, .idToken]
        let names = fields.flatMap { [$0.standardName, answer.names[$0] ?? $0.standardName] } + answer.secretExtras
        let found = objects.flatMap { object in
            names.compactMap { (try? object.value(at: $0))?.scalar.map { Secret($0) } }
        }
        return Self(secrets + found)
    }

    /// A text without the secrets.
    package func scrub(_ text: String) -> String { scrub([text])[0] }

    /// Texts that are shown together, without the secrets; a secret may be divided between them.
    package func scrub(_ texts: [String]) -> [String] {
        guard !secrets.isEmpty else { return texts }
        let parts = texts.map { Array($0.utf8) }
        var marks = SecretMarks(count: parts.reduce(0) { $0 + $1.count })
        SecretIndex(secrets).mark(&marks, in: parts)
        var start = 0
        return parts.map { part in
            defer { start += part.count }
            return marks.redacted(part, from: start)
        }
    }

    /// A refusal whose words may be shown.
    package func scrub(_ refusal: Refusal) -> Refusal {
        var texts: [String] = []
        _ = refusal.rewording { text in
            texts.append(text)
            return text
        }
        var shown = clean(texts)[...]
        return refusal.rewording { _ in shown.removeFirst() }
    }

    /// An error of which no part shows a secret.
    package func scrub(_ error: TokenError) -> TokenError {
        var texts: [String] = []
        _ = error.rewording { text in
            texts.append(text)
            return text
        }
        var shown = clean(texts)[...]
        return error.rewording { _ in shown.removeFirst() }
    }

    /// Cuts, scrubs, and cleans texts, in this order.
    private func clean(_ texts: [String]) -> [String] {
        let cut = texts.map { text in
            let isLong = text.utf8.count > Self.maximumBytes
            return isLong ? String(decoding: text.utf8.prefix(Self.maximumBytes), as: UTF8.self) + "…" : text
        }
        return scrub(cut).map { ProviderText.clean($0) }
    }

    /// Scopes are shown, and a provider may echo anything: a scope that contains a secret is redacted as a whole.
    ///
    /// Scopes are compared as well, so secrets shorter than 8 bytes change none, and scopes beyond 64 KiB are redacted unread.
    static func scrub(
        _ scopes: [String]?,
        of set: TokenSet,
        and extras: [Secret],
        from exchange: TokenExchange
    ) -> [String]? {
        guard let scopes, scopes.contains(where: { $0.utf8.count >= 8 }) else { return scopes }
        let tokens = [exchange.credentials.secret, set.accessToken, set.refreshToken?.value, set.idToken].compactMap(
            \.self
        )
        let index = SecretIndex((exchange.grant.secrets + tokens + extras).filter { $0.revealed.utf8.count >= 8 })
        var rest = 1 << 16
        return scopes.map { scope in
            rest -= scope.utf8.count
            guard rest >= 0 else { return "<redacted>" }
            guard scope.utf8.count >= 8 else { return scope }
            var marks = SecretMarks(count: scope.utf8.count)
            index.mark(&marks, in: [Array(scope.utf8)])
            return marks.isEmpty ? scope : "<redacted>"
        }
    }
}
