internal import Foundation

extension TokenSession {
    /// One conversation with the token endpoint, and what it means.
    func outcome(of exchange: TokenExchange) async -> ExchangeOutcome {
        let request: WireRequest
        do {
            request = try prepare(exchange)
        } catch {
            return .invalid(Self.clean(error, Scrubber(exchange)))
        }
        let scrubber = Scrubber(exchange, request)
        tell(sent(request))
        let moment = Moment(clock)
        do {
            let response = try await send(request, within: policy.exchangeLimits)
            tell(answered(response, since: moment))
            return read(response, of: exchange, sent: moment, scrubber)
        } catch let error as TokenError {
            tell(unanswered(error, since: moment))
            return .invalid(Self.clean(error, scrubber))
        } catch {
            let failure = error as? WireFailure ?? WireFailure(.connectionLost, mayHaveArrived: true, underlying: error)
            let unavailable = Self.unavailable(failure)
            tell(unanswered(unavailable, since: moment))
            return .failed(unavailable, mayHaveArrived: failure.mayHaveArrived, isWorthRepeating: true)
        }
    }

    /// The request for an exchange, checked: only https, or a loopback that the API origins names.
    func prepare(_ exchange: TokenExchange) throws -> WireRequest {
        let request = try dialect.request(for: exchange)
        try dialect.apiOrigins.checkEndpoint(request.url)
        try request.headers.check()
        return request
    }

    /// Sends with the session's own clock beside the transport's: whatever a transport does, an attempt ends.
    func send(_ request: WireRequest, within limits: WireLimits) async throws -> WireResponse {
        let response = try await clock.value(by: clock.now + limits.timeout) { [transport] in
            try await transport.send(request, limits)
        }
        guard var response else { throw WireFailure(.timedOut, mayHaveArrived: true) }
        response.parseBody()
        return response
    }

    private func read(
        _ response: WireResponse,
        of exchange: TokenExchange,
        sent: Moment,
        _ scrubber: Scrubber
    ) -> ExchangeOutcome {
        if (300..<400).contains(response.status) {
            return .invalid(
                TokenError(
                    .redirected,
                    "The token endpoint answered with a redirect (HTTP \(response.status)), which is never followed.",
                    hint: "Check the endpoint's URL."
                )
            )
        }
        if let refusal = dialect.refusal(in: response) { return refused(refusal, exchange, scrubber) }
        do {
            let set = try dialect.tokens(in: response, for: exchange).withoutSecretsInScopes(of: exchange)
            let news = dialect.conventions.deviations(in: response, scrubber)
            for deviation in core.withLock({ $0.drift.news(in: news, lifetime: set.lifetime) }) {
                tell(deviated(deviation))
            }
            if let reduction = core.withLock({ $0.scopes.news(in: set, askedFor: identity.scopes) }) {
                tell(granted(lacking: reduction))
            }
            // An answer without scopes means as asked; a code and a refresh token ask for what the identity did.
            let asked = exchange.grant.scopes.isEmpty ? identity.scopes : exchange.grant.scopes
            return .tokens(set, sent: sent, scopes: asked)
        } catch {
            return .failed(Self.clean(error, scrubber), mayHaveArrived: true, isWorthRepeating: false)
        }
    }

    private func refused(_ refusal: Refusal, _ exchange: TokenExchange, _ scrubber: Scrubber) -> ExchangeOutcome {
        let remedy = dialect.remedy(for: refusal, of: exchange)
        let shown = scrubber.scrub(refusal)
        let hint =
            if case .fixConfiguration(let hint) = remedy { ProviderText.clean(scrubber.scrub(hint)) } else {
                String?.none
            }
        let isTransient = remedy == .retryLater
        let words = shown.description
        let error = TokenError(
            isTransient ? .unavailable : .refused,
            "The provider \(dialect.name) \(isTransient ? "can't answer now" : "refused"): \(words)\(words.hasSuffix(".") ? "" : ".")",
            hint: hint,
            isTransient: isTransient,
            refusal: shown
        )
        return .refused(error, remedy, until: instant(of: refusal.retryAfter))
    }

    private func instant(of wish: RetryAfter?) -> SessionInstant? {
        switch wish {
        case .delay(let delay): clock.now + delay
        case .date(let date): clock.now + max(Lifetime.between(clock.date, date), .zero)
        case nil: nil
        }
    }

    private static func unavailable(_ failure: WireFailure) -> TokenError {
        TokenError(.unavailable, failure.message, isTransient: true, underlying: failure.underlying)
    }

    /// A dialect's error without the exchange's secrets; an error of another type keeps its name alone.
    static func clean(
        _ error: any Error,
        _ scrubber: Scrubber,
        as code: TokenError.Code = .unreadableAnswer
    ) -> TokenError {
        guard let error = error as? TokenError else {
            return TokenError(code, "The dialect failed.", underlying: UnderlyingError(error))
        }
        return scrubber.scrub(error)
    }
}

extension TokenSet {
    /// Scopes are shown, and a provider may echo anything: one that holds a secret is redacted as a whole.
    ///
    /// They are compared as well, so that a secret too short to be one by its looks changes none.
    fileprivate func withoutSecretsInScopes(of exchange: TokenExchange) -> Self {
        let secrets =
            exchange.grant.secrets
            + [
                exchange.credentials.secret, accessToken, refreshToken?.value, idToken,
            ].compactMap(\.self)
        let scrubber = Scrubber(secrets.filter { $0.revealed.utf8.count >= 8 })
        var shown = self
        shown.scopes = scopes?.map { scrubber.scrub($0) == $0 ? $0 : "<redacted>" }
        return shown
    }
}
