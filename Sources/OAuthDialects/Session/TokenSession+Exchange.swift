internal import Foundation

/// Token requests: made and read by the dialect, sent by the transport.
extension TokenSession {
    /// Sends one token request and reads its answer.
    func exchange(
        _ grant: Grant,
        as client: ClientCredentials,
        within limits: WireLimits
    ) async -> ExchangeOutcome {
        let exchange = TokenExchange(grant: grant, credentials: client, date: clock.date)
        let request: WireRequest
        do { request = try prepare(exchange) } catch { return .invalid(dialectFailure(error, Scrubber(exchange))) }
        let scrubber = Scrubber(exchange, request, tokens: core.withLock { $0.machine.secrets })
        let sent = Moment(clock)
        do {
            let response = try await send(request, limits)
            return read(response, of: exchange, sent: sent.later(by: response.connectionWait), scrubber)
        } catch let error as TokenError {
            return .invalid(dialectFailure(error, scrubber))
        } catch {
            let failure = Self.failure(error)
            let error = unavailable(failure, request, of: grant)
            return .failed(error, mayHaveArrived: failure.mayHaveArrived, isWorthRepeating: true)
        }
    }

    /// The request of an exchange, to an endpoint that may have the client's secret.
    func prepare(_ exchange: TokenExchange) throws -> WireRequest {
        let request = try dialect.request(for: exchange)
        try dialect.apiOrigins.checkEndpoint(request.url)
        try request.headers.check()
        return request
    }

    /// Revokes the refresh token, which ends its access tokens as well (RFC 7009, section 2.1), or else the access token.
    func revoke(
        _ record: TokenRecord?,
        as client: ClientCredentials,
        within limits: WireLimits
    ) async throws -> RevocationResult {
        let refreshToken = record?.refreshToken.map { (text: $0.value, kind: "refresh_token") }
        guard let token = refreshToken ?? record?.accessToken.map({ (text: $0, kind: "access_token") }) else {
            return .notAsked
        }
        guard let endpoint = dialect.revocationEndpoint else { return .unsupported }
        let conventions = dialect.conventions
        let fields = [
            WireField(conventions.name("token"), secret: token.text),
            WireField(conventions.name("token_type_hint"), token.kind),
        ]
        let request = try conventions.request(fields: fields, by: client, to: endpoint)
        try dialect.apiOrigins.checkEndpoint(endpoint)
        let status = try await send(request, limits).status
        return (200..<300).contains(status) ? .revoked : status < 500 && status != 429 ? .refused : .failed
    }

    private func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse {
        reportFallback()
        tell(.requestSent(request.summary))
        let start = clock.now
        do {
            var response = try await context.transport.send(request, limits)
            response.parseBody()
            tell(.requestAnswered(response.description, status: response.status, duration: clock.now - start))
            return response
        } catch {
            let failure = error as? TokenError ?? unavailable(Self.failure(error), request)
            tell(.requestFailed(failure, duration: clock.now - start))
            throw error
        }
    }

    private func reportFallback() {
        guard let why = (context.transport as? SystemTransport)?.fallbackReason else { return }
        let isNews = core.withLock { core in
            defer { core.isFallbackReported = true }
            return !core.isFallbackReported
        }
        if isNews { tell(.transportFallback(why: why)) }
    }

    // MARK: Reading answers

    private func read(
        _ response: WireResponse,
        of exchange: TokenExchange,
        sent: Moment,
        _ scrubber: Scrubber
    ) -> ExchangeOutcome {
        if (300..<400).contains(response.status) {
            let what = "a redirect (HTTP \(response.status)), which is never followed"
            let hint = "Check the URL of the token endpoint."
            return .invalid(TokenError(.redirected, "The token endpoint answered with \(what).", hint: hint))
        }
        if let refusal = dialect.refusal(in: response) {
            let outcome = refused(refusal, exchange, scrubber.knowing(response))
            // A gateway's word: the provider behind it may have answered.
            if case .refused(let error, .retryLater, let until) = outcome, [502, 504].contains(response.status) {
                return .failed(error, mayHaveArrived: true, isWorthRepeating: true, until: until)
            }
            return outcome
        }
        do {
            var set = try dialect.tokens(in: response, for: exchange)
            let deviations = dialect.conventions.deviations(in: response, read: set, scrubber)
            set.scopes = Scrubber.scrub(set.scopes, of: set, from: exchange)
            // A code and a refresh token ask for the scopes of the identity.
            let scopes = exchange.grant.scopes.isEmpty ? identity.scopes : exchange.grant.scopes
            return .tokens(TokenAnswer(set, sent: sent, scopes: scopes, deviations: deviations))
        } catch {
            let error = dialectFailure(error, scrubber.knowing(response))
            return .failed(error, mayHaveArrived: true, isWorthRepeating: false)
        }
    }

    private func refused(_ refusal: Refusal, _ exchange: TokenExchange, _ scrubber: Scrubber) -> ExchangeOutcome {
        let remedy = dialect.remedy(for: refusal, of: exchange)
        let shown = scrubber.scrub(refusal)
        let isOutage = remedy == .retryLater
        let verb = isOutage ? "can't answer now" : "refused the token request"
        let end = shown.description.hasSuffix(".") ? "" : "."
        let error = TokenError(
            isOutage ? .unavailable : .refused,
            "The provider \(dialect.name) \(verb): \(shown)\(end)",
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

    /// An error of a dialect without the secrets of the exchange; of an error of another type only its name is kept.
    func dialectFailure(_ error: any Error, _ scrubber: Scrubber) -> TokenError {
        scrubber.scrub(.wrapping(error, as: .unreadableAnswer, "The dialect failed."))
    }

    /// An error of a transport; a request that was cancelled took too long.
    private static func failure(_ error: any Error) -> WireFailure {
        error is CancellationError ? WireFailure(.timedOut, mayHaveArrived: true) : .wrapping(error)
    }

    private func unavailable(_ failure: WireFailure, _ request: WireRequest, of grant: Grant? = nil) -> TokenError {
        let error = TokenError(.unavailable, failure, of: dialect.name, at: request.url.host())
        guard case .authorizationCode = grant, failure.mayHaveArrived else { return error }
        return error.spoilingCode
    }
}

extension TokenError {
    /// The same error for an authorization code that may be used up: a second use could revoke what the first one yielded.
    fileprivate var spoilingCode: Self {
        TokenError(
            code,
            message,
            hint: "Begin a new sign-in: an authorization code is never sent twice.",
            refusal: refusal,
            underlying: underlying
        ).advising(.signIn)
    }

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
