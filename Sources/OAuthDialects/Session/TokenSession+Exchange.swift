internal import Foundation

/// Token requests: made and read by the dialect, sent by the transport.
extension TokenSession {
    /// Sends one token request and reads its answer.
    func exchange(
        _ grant: Grant,
        as client: ClientCredentials,
        within limits: WireLimits
    ) async -> ExchangeOutcome {
        if identity.isStatic { return staticToken(of: client) }
        let exchange = exchange(of: grant, by: client)
        let (request, rest): (WireRequest, WireLimits)
        do {
            let prepared = try prepare(exchange)
            let scrubber = Scrubber(exchange, prepared, tokens: secrets)
            (request, rest) = try await signed(prepared, for: .token(exchange), within: limits, scrubber)
        } catch { return .invalid(dialectFailure(error, Scrubber(exchange, tokens: secrets))) }
        let scrubber = Scrubber(exchange, request, tokens: secrets)
        let sent = Moment(clock)
        do {
            let response = try await send(request, rest, scrubber)
            return read(response, to: request, of: exchange, sent: sent.later(by: response.connectionWait), scrubber)
        } catch let error as TokenError {
            return .invalid(dialectFailure(error, scrubber))
        } catch {
            let failure = Self.failure(error)
            let error = scrubber.scrub(unavailable(failure, request, of: grant))
            return .failed(error, mayHaveArrived: failure.mayHaveArrived, isWorthRepeating: true)
        }
    }

    /// An exchange that is about to be made.
    func exchange(of grant: Grant, by client: ClientCredentials) -> TokenExchange {
        TokenExchange(
            grant: grant,
            credentials: client,
            date: clock.date,
            nonce: RandomText.nonce(),
            scopes: identity.scopes
        )
    }

    /// All tokens of the session and the secrets that came with them, which a provider may quote in an error.
    var secrets: [Secret] {
        let (tokens, extras) = core.withLock { ($0.machine.secrets, $0.machine.record?.extras ?? [:]) }
        return tokens + secrets(among: extras)
    }

    /// The extras that must not be shown.
    func secrets(among extras: [String: Secret]) -> [Secret] {
        if extras.isEmpty { return [] }
        return dialect.conventions.answer.secretExtras.compactMap { extras[$0] }
    }

    /// The request of an exchange, to an endpoint that may have the client's secret.
    func prepare(_ exchange: TokenExchange) throws -> WireRequest {
        let request = try dialect.request(for: exchange)
        try dialect.apiOrigins.checkEndpoint(request.url)
        try request.headers.check()
        return request
    }

    /// Revokes the tokens of a record, as the dialect has it.
    func revoke(
        _ record: TokenRecord?,
        as client: ClientCredentials,
        within limits: WireLimits
    ) async throws -> RevocationResult {
        guard let record, let accessToken = record.accessToken else { return .notAsked }
        if identity.isStatic { return .unsupported }
        var tokens = try TokenSet(accessToken: accessToken, refreshToken: record.refreshToken)
        tokens.extras = record.extras
        guard let request = try dialect.revocationRequest(for: tokens, by: client) else { return .unsupported }
        try checkRevocation(request.url, of: tokens)
        try request.headers.check()
        let own = [accessToken, record.refreshToken?.value, client.secret].compactMap(\.self)
        let scrubber = Scrubber(request.secrets + own + secrets(among: record.extras))
        let status = try await send(request, limits, scrubber).status
        return (200..<300).contains(status) ? .revoked : status < 500 && status != 429 ? .refused : .failed
    }

    private func send(
        _ request: WireRequest,
        _ limits: WireLimits,
        _ scrubber: Scrubber
    ) async throws -> WireResponse {
        var request = request
        request.isSentOnce = true
        reportFallback()
        tell(.requestSent(scrubber.scrub(request.summary)))
        let start = clock.now
        do {
            var response = try await context.transport.send(request, limits)
            response.parseBody()
            tell(.requestAnswered(response.description, status: response.status, duration: clock.now - start))
            return response
        } catch {
            let failure = error as? TokenError ?? unavailable(Self.failure(error), request)
            tell(.requestFailed(scrubber.scrub(failure), duration: clock.now - start))
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
        to request: WireRequest,
        of exchange: TokenExchange,
        sent: Moment,
        _ scrubber: Scrubber
    ) -> ExchangeOutcome {
        if (300..<400).contains(response.status) {
            let host = request.url.host() ?? "The token endpoint"
            let what = "\(host) answered with a redirect (HTTP \(response.status)), which is never followed"
            let hint = "Check the URL of the token endpoint."
            return .invalid(TokenError(.redirected, "\(dialect.name) gave no token: \(what).", hint: hint))
        }
        if let refusal = dialect.refusal(in: response) {
            let scrubber = scrubber.knowing(response, dialect.conventions.answer)
            let outcome = refused(refusal, exchange, by: request.url.host(), scrubber)
            // A gateway's word: the provider behind it may have answered.
            if case .refused(let error, .retryLater, let until) = outcome, [502, 504].contains(response.status) {
                return .failed(error, mayHaveArrived: true, isWorthRepeating: true, until: until)
            }
            return outcome
        }
        do {
            var set = try dialect.tokens(in: response, for: exchange)
            var deviations = dialect.conventions.deviations(in: response, read: set, for: exchange, scrubber)
            // Without extras that lead nowhere a refresh keeps those that it had, and its refresh token.
            do { try apiOrigins(for: set.extras).checkEntries() } catch  where exchange.grant.isRefresh {
                deviations.append(.passedOver(dialectFailure(error, scrubber).message))
                set.extras = usable(set.extras)
            }
            set.scopes = Scrubber.scrub(set.scopes, of: set, and: secrets(among: set.extras), from: exchange)
            // A code and a refresh token ask for the scopes of the identity.
            let scopes = exchange.grant.scopes.isEmpty ? identity.scopes : exchange.grant.scopes
            return .tokens(TokenAnswer(set, sent: sent, scopes: scopes, deviations: deviations))
        } catch {
            let error = dialectFailure(error, scrubber.knowing(response, dialect.conventions.answer))
            return .failed(error, mayHaveArrived: true, isWorthRepeating: false)
        }
    }

    /// Extras without the one that names a wrong origin, or none if no single one does.
    private func usable(_ extras: [String: Secret]) -> [String: Secret] {
        let rests = extras.keys.sorted().map { name in extras.filter { $0.key != name } }
        return rests.first { (try? apiOrigins(for: $0).checkEntries()) != nil } ?? [:]
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
    var spoilingCode: Self {
        TokenError(
            code,
            message,
            hint: "Begin a new sign-in: an authorization code is never sent twice.",
            refusal: refusal,
            underlying: underlying
        ).advising(.signIn)
    }
}
