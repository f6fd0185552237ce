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
            return read(try await send(request, limits), of: exchange, sent: sent, scrubber)
        } catch let error as TokenError {
            return .invalid(dialectFailure(error, scrubber))
        } catch {
            let failure = Self.failure(error)
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

    /// Revokes the refresh token, which ends its access tokens as well (RFC 7009, section 2.1), or else the access token.
    func revoke(_ record: TokenRecord, as client: ClientCredentials, within limits: WireLimits) async throws {
        let refreshToken = record.refreshToken.map { (text: $0.value, kind: "refresh_token") }
        guard let token = refreshToken ?? record.accessToken.map({ (text: $0, kind: "access_token") }),
            let endpoint = dialect.revocationEndpoint
        else { return }
        let conventions = dialect.conventions
        let fields = [
            WireField(conventions.name("token"), secret: token.text),
            WireField(conventions.name("token_type_hint"), token.kind),
        ]
        let request = try conventions.request(fields: fields, by: client, to: endpoint)
        try dialect.apiOrigins.checkEndpoint(endpoint)
        _ = try await send(request, limits)
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
            let failure = error as? TokenError ?? Self.unavailable(Self.failure(error))
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
        if let refusal = dialect.refusal(in: response) { return refused(refusal, exchange, scrubber.knowing(response)) }
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
        let isTransient = remedy == .retryLater
        let verb = isTransient ? "can't answer now" : "refused the token request"
        let end = shown.description.hasSuffix(".") ? "" : "."
        let hint: String? =
            if case .fixConfiguration(let advice) = remedy { ProviderText.clean(scrubber.scrub(advice)) } else { nil }
        let error = TokenError(
            isTransient ? .unavailable : .refused,
            "The provider \(dialect.name) \(verb): \(shown)\(end)",
            hint: hint,
            isTransient: isTransient,
            refusal: shown
        )
        let wait: Duration? =
            switch refusal.retryAfter {
            case .delay(let delay): delay
            case .date(let date): max(Lifetime.between(clock.date, date), .zero)
            case nil: nil
            }
        return .refused(error, remedy, until: wait.map { clock.now + $0 })
    }

    /// An error of a dialect without the secrets of the exchange; of an error of another type only its name is kept.
    func dialectFailure(_ error: any Error, _ scrubber: Scrubber) -> TokenError {
        scrubber.scrub(.wrapping(error, as: .unreadableAnswer, "The dialect failed."))
    }

    /// An error of a transport; a request that was cancelled took too long.
    private static func failure(_ error: any Error) -> WireFailure {
        error is CancellationError ? WireFailure(.timedOut, mayHaveArrived: true) : .wrapping(error)
    }

    private static func unavailable(_ failure: WireFailure) -> TokenError {
        TokenError(.unavailable, failure.message, isTransient: true, underlying: failure.underlying)
    }
}
