internal import Foundation

extension TokenSession {
    /// Sends one token request and reads its answer.
    func exchange(_ grant: Grant, as client: ClientCredentials) async -> ExchangeOutcome {
        let exchange = TokenExchange(grant: grant, credentials: client, date: clock.date)
        let request: WireRequest
        do { request = try prepare(exchange) } catch {
            return .invalid(Self.clean(error, Scrubber(exchange)))
        }
        let scrubber = Scrubber(exchange, request)
        let sent = Moment(clock)
        do {
            let response = try await send(request)
            return read(response, of: exchange, sent: sent, scrubber)
        } catch let error as TokenError {
            return .invalid(Self.clean(error, scrubber))
        } catch {
            let failure = WireFailure.reading(error)
            return .failed(Self.unavailable(failure), mayHaveArrived: failure.mayHaveArrived, isWorthRepeating: true)
        }
    }

    /// The request of an exchange, to an endpoint that may have the client's secret.
    func prepare(_ exchange: TokenExchange) throws -> WireRequest {
        let request = try dialect.request(for: exchange)
        try dialect.apiOrigins.checkEndpoint(request.url)
        try request.headers.check()
        return request
    }

    /// Tells the provider to revoke the refresh token, which ends its access tokens as well (RFC 7009, section 2.1), or else the
    /// access token.
    func revoke(_ tokens: RevocableTokens, as client: ClientCredentials) async throws {
        let refreshToken = tokens.refreshToken.map { (text: $0.value, kind: "refresh_token") }
        guard let token = refreshToken ?? tokens.accessToken.map({ (text: $0, kind: "access_token") }),
            let endpoint = dialect.revocationEndpoint
        else { return }
        let conventions = dialect.conventions
        let fields = [
            WireField(conventions.name("token"), secret: token.text),
            WireField(conventions.name("token_type_hint"), token.kind),
        ]
        let request = try conventions.request(fields: fields, by: client, to: endpoint)
        try dialect.apiOrigins.checkEndpoint(endpoint)
        _ = try await send(request)
    }

    private func send(_ request: WireRequest) async throws -> WireResponse {
        tell(.requestSent(request.summary))
        let start = clock.now
        do {
            var response = try await transport.send(request, policy.exchangeLimits)
            response.parseBody()
            tell(.requestAnswered(response.description, status: response.status, duration: clock.now - start))
            return response
        } catch {
            let failure = error as? TokenError ?? Self.unavailable(WireFailure.reading(error))
            tell(.requestFailed(failure, duration: clock.now - start))
            throw error
        }
    }

    // MARK: Reading answers

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
                    hint: "Check the URL of the token endpoint."
                )
            )
        }
        if let refusal = dialect.refusal(in: response) { return refused(refusal, exchange, scrubber) }
        do {
            let set = try dialect.tokens(in: response, for: exchange).redactingScopes(of: exchange)
            // A code and a refresh token ask for the scopes of the identity.
            let scopes = exchange.grant.scopes.isEmpty ? identity.scopes : exchange.grant.scopes
            let deviations = dialect.conventions.deviations(in: response, scrubber)
            return .tokens(set, sent: sent, scopes: scopes, deviations: deviations)
        } catch {
            return .failed(Self.clean(error, scrubber), mayHaveArrived: true, isWorthRepeating: false)
        }
    }

    private func refused(_ refusal: Refusal, _ exchange: TokenExchange, _ scrubber: Scrubber) -> ExchangeOutcome {
        let remedy = dialect.remedy(for: refusal, of: exchange)
        let shown = scrubber.scrub(refusal)
        let words = shown.description
        let end = words.hasSuffix(".") ? "" : "."
        let verb = remedy == .retryLater ? "can't answer now" : "refused the token request"
        var hint: String?
        if case .fixConfiguration(let advice) = remedy { hint = ProviderText.clean(scrubber.scrub(advice)) }
        let error = TokenError(
            remedy == .retryLater ? .unavailable : .refused,
            "The provider \(dialect.name) \(verb): \(words)\(end)",
            hint: hint,
            isTransient: remedy == .retryLater,
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

    /// An error without the secrets of the exchange; of an error of another type only its name is kept.
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

extension WireFailure {
    /// An error of a transport; a request that was cancelled took too long.
    fileprivate static func reading(_ error: any Error) -> Self {
        error is CancellationError ? Self(.timedOut, mayHaveArrived: true) : .wrapping(error)
    }
}

extension TokenSet {
    /// Scopes are shown, and a provider may echo anything: a scope that contains a secret is redacted as a whole.
    ///
    /// Scopes are compared as well, so a secret that is shorter than 8 bytes changes none.
    fileprivate func redactingScopes(of exchange: TokenExchange) -> Self {
        guard let scopes else { return self }
        let tokens = [exchange.credentials.secret, accessToken, refreshToken?.value, idToken].compactMap(\.self)
        let scrubber = Scrubber((exchange.grant.secrets + tokens).filter { $0.revealed.utf8.count >= 8 })
        var shown = self
        shown.scopes = scopes.map { scrubber.scrub($0) == $0 ? $0 : "<redacted>" }
        return shown
    }
}
