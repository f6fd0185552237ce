package import Foundation

extension TokenSession {
    /// Sends a request to the provider's API with a token, and once more with a new token if the API rejects it.
    ///
    /// A token is sent only to the dialect's ``ProviderDialect/apiOrigins``. Redirects of `GET` and `HEAD` requests are
    /// followed within one origin, five at most, each authorized anew; the caller gets any other redirect as the answer.
    ///
    /// Every other answer is returned as it is, a 502 too. A request that failed is not repeated: ``TokenError/delivery`` says whether it
    /// may have been processed, and ``TokenError/action`` what to do. A request whose task is cancelled may have been processed.
    ///
    /// - Throws: ``TokenError``; with the code ``TokenError/Code/signInRequired`` instead of a 401 that shows that a user has to sign
    ///   in, with the API's refusal; ``TokenError/Code/requestFailed`` if no answer arrived,
    ///   ``TokenError/Code/untrustedHost`` before anything is sent if the URL is not in the API origins,
    ///   ``TokenError/Code/answerTooLarge`` if the body exceeds the limit, unless the answer rejects the token: it is returned, cut
    ///   off; `CancellationError` if the task is cancelled.
    public func send(_ request: WireRequest, limits: WireLimits = .api) async throws -> WireResponse {
        try await exchange(request, limits).response
    }

    /// An answer, and the URL that it came from.
    package struct Delivery {
        package let response: WireResponse
        package let url: URL
    }

    package func exchange(
        _ request: WireRequest,
        _ limits: WireLimits,
        repeats: Bool = true
    ) async throws -> Delivery {
        try await attempt(request, repeats: repeats) { hop, url in
            let response = try await self.context.transport.send(hop, limits)
            guard !response.isCutOff || self.dialect.isTokenRejection(response) else {
                throw TokenError(
                    .answerTooLarge,
                    "The answer is larger than \(limits.maximumBodyBytes) bytes (HTTP \(response.status)).",
                    hint: "Pass a larger limit to send(_:limits:)."
                ).delivered(.unknown, of: hop)
            }
            return (Delivery(response: response, url: url), response)
        }
    }

    /// Sends a request with a token by `transfer`, and once more with a new one if the API rejects it.
    ///
    /// `transfer` gets the authorized request, and the URL without what authorized it. Errors say what became of the request.
    func attempt<Answer>(
        _ request: WireRequest,
        repeats: Bool,
        _ transfer: (WireRequest, URL) async throws -> (Answer, WireResponse)
    ) async throws -> Answer {
        try await marking(.notSent) {
            try checkBeforeToken(request.url)
            try request.headers.check()
        }
        var standing = TokenError.Delivery.notSent
        var rejection: Refusal?
        do {
            return try await attempt(repeats: repeats) { token in
                let (answer, response) = try await following(request, standing) { hop, standing in
                    try await self.deliver(hop, with: token, standing, transfer)
                }
                let verdict = verdict(of: response)
                if verdict == .rejected {
                    standing = .rejected
                    let secrets = [token.value] + self.secrets(among: token.extras)
                    rejection = dialect.refusal(in: response).map { Scrubber(secrets).scrub($0) }
                }
                return (.success(answer), verdict)
            }
        } catch let error as TokenError where error.isAboutRejection && rejection != nil {
            throw error.because(of: rejection)
        }
    }

    /// What an answer says about the token that was sent.
    func verdict(of response: WireResponse) -> Verdict {
        if dialect.isTokenRejection(response) { return .rejected }
        return (200..<300).contains(response.status) ? .accepted : .unknown
    }

    /// Sends the request and follows redirects, five at most.
    private func following<Answer>(
        _ request: WireRequest,
        _ standing: TokenError.Delivery,
        _ once: (WireRequest, TokenError.Delivery) async throws -> (Answer, WireResponse, sent: WireRequest)
    ) async throws -> (Answer, WireResponse) {
        var (request, standing) = (request, standing)
        for _ in 0..<5 {
            let (answer, response, sent) = try await once(request, standing)
            guard let next = redirect(of: request, by: response) else { return (answer, response) }
            (request.url, standing) = (sent.without(next, since: request), .unknown)
        }
        let (answer, response, _) = try await once(request, standing)
        return (answer, response)
    }

    private func deliver<Answer>(
        _ request: WireRequest,
        with token: AccessToken,
        _ standing: TokenError.Delivery,
        _ transfer: (WireRequest, URL) async throws -> (Answer, WireResponse)
    ) async throws -> (Answer, WireResponse, sent: WireRequest) {
        let authorized = try await marking(standing, of: request) {
            try await self.authorized(request, with: token)
        }
        do {
            let (answer, response) = try await transfer(authorized, request.url)
            return (answer, response, authorized)
        } catch {
            // A transport may quote the request.
            let failure = failure(of: error, sending: request, standing)
            let scrubber = Scrubber([token.value] + authorized.secrets)
            throw (failure as? TokenError).map(scrubber.scrub) ?? failure
        }
    }

    /// The request of one attempt: authorized, then signed, and checked against the API origins again.
    func authorized(_ request: WireRequest, with token: AccessToken) async throws -> WireRequest {
        let access = try await access(with: token)
        let authorized = try authorize(request, for: access)
        guard let signer else { return authorized }
        let signed = try await sign(authorized, by: signer, for: .resource(access), scrubber(of: access))
        try check(signed.url, for: access.token)
        return signed
    }

    private func authorize(_ request: WireRequest, for access: ResourceAccess) throws -> WireRequest {
        var authorized = request
        do {
            try dialect.authorize(&authorized, for: access)
        } catch {
            let failure = TokenError.wrapping(
                error,
                as: .invalidRequest,
                "The request was not sent: the dialect could not authorize it."
            )
            throw scrubber(of: access).scrub(failure)
        }
        try check(authorized.url, for: access.token)
        try authorized.headers.check()
        return authorized
    }

    private func scrubber(of access: ResourceAccess) -> Scrubber {
        let secrets = [access.token.value, access.credentials.secret].compactMap(\.self)
        return Scrubber(secrets + self.secrets(among: access.extras))
    }

    private func access(with token: AccessToken) async throws -> ResourceAccess {
        let known = core.withLock { $0.credentials }
        let client: ClientCredentials
        if let known {
            client = known
        } else {
            client = try await context.source.ask(within: policy.exchangeLimits.timeout, clock)
        }
        return ResourceAccess(token: token, credentials: client, date: clock.date, nonce: RandomText.nonce())
    }

    /// The URL of a redirect, if it may be followed.
    private func redirect(of request: WireRequest, by response: WireResponse) -> URL? {
        guard ["GET", "HEAD"].contains(request.method), [301, 302, 303, 307, 308].contains(response.status),
            let location = response.headers["Location"],
            let next = URL(string: location, relativeTo: request.url)?.absoluteURL,
            let origin = try? Origin(of: next), (try? Origin(of: request.url)) == origin
        else { return nil }
        return next
    }
}

extension TokenError {
    /// Whether it tells a caller what the API's rejection of a token means.
    var isAboutRejection: Bool { code == .signInRequired || (code == .refused && refusal == nil) }
}
