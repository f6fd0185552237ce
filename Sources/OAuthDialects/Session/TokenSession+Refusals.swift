internal import Foundation

/// What a refusal of a token request means to the session and to its callers.
extension TokenSession {
    func refused(
        _ refusal: Refusal,
        _ exchange: TokenExchange,
        by host: String?,
        _ scrubber: Scrubber
    ) -> ExchangeOutcome {
        let remedy = dialect.remedy(for: refusal, of: exchange)
        let shown = scrubber.scrub(refusal)
        let isOutage = remedy == .retryLater
        let answer = isOutage ? "\(host ?? "the host") answered with \(shown)\(shown.meaning)" : "\(shown)"
        let name = dialect.name
        let what = isOutage ? "\(name) can't answer now" : "The provider \(name) refused the token request"
        let end = answer.hasSuffix(".") ? "" : "."
        let error = TokenError(
            isOutage ? .unavailable : .refused,
            "\(what): \(answer)\(end)",
            hint: hint(for: remedy, refusal, exchange.credentials).map { ProviderText.clean(scrubber.scrub($0)) },
            isTransient: isOutage || remedy == .unknown,
            refusal: shown
        ).about(exchange.grant, remedy)
        let wait: Duration? =
            switch refusal.retryAfter {
            case .delay(let delay): delay
            case .date(let date): max(Lifetime.between(clock.date, date), .zero)
            case nil: nil
            }
        return .refused(error, remedy, until: wait.map { clock.now + $0 })
    }

    private func hint(for remedy: Remedy, _ refusal: Refusal, _ client: ClientCredentials) -> String? {
        let isAboutClient = refusal.status == 401 || refusal.foldedCode == "invalidclient"
        let encoding = isAboutClient ? dialect.conventions.encodingHint(for: client) : nil
        let hints = [hint(for: remedy, refusal), encoding].compactMap(\.self)
        return hints.isEmpty ? nil : hints.joined(separator: " ")
    }

    private func hint(for remedy: Remedy, _ refusal: Refusal) -> String? {
        switch remedy {
        case .fixConfiguration(let hint): hint
        case .retryLater where [401, 403, 404].contains(refusal.status):
            "If this lasts, check the endpoint, the client id, and the secret."
        case .unknown: "Ask the provider what the answer means."
        case .retryLater, .discardGrant: nil
        }
    }
}

extension Refusal {
    /// What the status of a refusal without words means, in parentheses (RFC 9110, section 15; RFC 6585, section 4).
    fileprivate var meaning: String {
        guard code == nil, message == nil else { return "" }
        return switch status {
        case 429: " (too many requests)"
        case 500: " (internal server error)"
        case 502: " (bad gateway)"
        case 503: " (service unavailable)"
        case 504: " (gateway timeout)"
        default: ""
        }
    }
}

extension TokenError {
    /// The same refusal with what it means for the grant of a user, who can only sign in again.
    fileprivate func about(_ grant: Grant, _ remedy: Remedy) -> Self {
        switch grant {
        case .authorizationCode where [502, 504].contains(refusal?.status): spoilingCode
        case .authorizationCode where remedy == .discardGrant, .refreshToken where remedy == .discardGrant:
            advising(.signIn)
        default: self
        }
    }
}
