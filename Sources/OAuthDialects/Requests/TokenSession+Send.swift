internal import Foundation

extension TokenSession {
    /// Sends a request to the provider's API with a token, and once more with a new token if the API rejects it.
    ///
    /// A token is sent only to the dialect's ``ProviderDialect/apiOrigins``. Redirects of `GET` and `HEAD` requests are
    /// followed within one origin, five at most, each authorized anew; the caller gets any other redirect as the answer.
    ///
    /// - Throws: ``TokenError``; with the code ``TokenError/Code/untrustedHost`` before anything is sent if the URL is not in
    ///   the API origins, ``TokenError/Code/answerTooLarge`` if the body exceeds the limit.
    public func send(_ request: WireRequest, limits: WireLimits = .api) async throws -> WireResponse {
        try await exchange(request, limits).response
    }

    /// An answer, and the URL that it came from.
    struct Delivery {
        let response: WireResponse
        let url: URL
    }

    func exchange(_ request: WireRequest, _ limits: WireLimits, repeats: Bool = true) async throws -> Delivery {
        try dialect.apiOrigins.check(request.url)
        try request.headers.check()
        return try await attempt(repeats: repeats) { token in
            let delivery = try await self.deliver(request, with: token, limits)
            return (.success(delivery), self.verdict(of: delivery.response))
        }
    }

    /// What an answer says about the token that was sent.
    func verdict(of response: WireResponse) -> Verdict {
        if dialect.isTokenRejection(response) { return .rejected }
        return (200..<300).contains(response.status) ? .accepted : .unknown
    }

    private func deliver(_ request: WireRequest, with token: AccessToken, _ limits: WireLimits) async throws -> Delivery
    {
        try await following(request) { request in
            let response = try await self.deliverOnce(request, with: token, limits)
            return (Delivery(response: response, url: request.url), response)
        }
    }

    /// Sends the request and follows redirects, five at most.
    func following<Answer>(
        _ request: WireRequest,
        _ once: (WireRequest) async throws -> (Answer, WireResponse)
    ) async throws -> Answer {
        var request = request
        for _ in 0..<5 {
            let (answer, response) = try await once(request)
            guard let next = redirect(of: request, by: response) else { return answer }
            request.url = next
        }
        return try await once(request).0
    }

    private func deliverOnce(
        _ request: WireRequest,
        with token: AccessToken,
        _ limits: WireLimits
    ) async throws -> WireResponse {
        let authorized = try await authorized(request, with: token)
        let response: WireResponse
        do {
            response = try await context.transport.send(authorized, limits)
        } catch {
            throw Self.failure(of: error)
        }
        guard !response.isCutOff else {
            throw TokenError(
                .answerTooLarge,
                "The answer is larger than \(limits.maximumBodyBytes) bytes (HTTP \(response.status)).",
                hint: "Pass a larger limit to send(_:limits:)."
            )
        }
        return response
    }

    /// The request of one attempt: authorized, then signed, and checked against the API origins again.
    func authorized(_ request: WireRequest, with token: AccessToken) async throws -> WireRequest {
        let access = try await access(with: token)
        let authorized = try authorize(request, for: access)
        guard let signer else { return authorized }
        return try await sign(authorized, by: signer, for: access)
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
            throw Self.scrubber(of: access).scrub(failure)
        }
        try dialect.apiOrigins.check(authorized.url)
        try authorized.headers.check()
        return authorized
    }

    /// What a transport's error means to a caller: a cancellation stays one, anything else is a ``TokenError``.
    static func failure(of error: any Error) -> any Error {
        if error is CancellationError || (error as? URLError)?.code == .cancelled { return CancellationError() }
        return TokenError.wrapping(transportFailure: error)
    }

    private func sign(
        _ request: WireRequest,
        by signer: any RequestSigner,
        for access: ResourceAccess
    ) async throws -> WireRequest {
        let signed: WireRequest
        do {
            signed = try await signer.signed(request, for: access)
        } catch {
            if error is CancellationError { throw error }
            let failure = TokenError.wrapping(
                error,
                as: .invalidRequest,
                "The request was not sent: signing it failed."
            )
            throw Self.scrubber(of: access).scrub(failure)
        }
        try dialect.apiOrigins.check(signed.url)
        try signed.headers.check()
        return signed
    }

    private static func scrubber(of access: ResourceAccess) -> Scrubber {
        Scrubber([access.token.value, access.credentials.secret].compactMap(\.self))
    }

    private func access(with token: AccessToken) async throws -> ResourceAccess {
        let known = core.withLock { $0.credentials }
        let client: ClientCredentials
        if let known {
            client = known
        } else {
            client = try await context.source.ask(within: policy.exchangeLimits.timeout, clock)
        }
        let nonce = UInt64.random(in: 0 ... .max).hexadecimal + UInt64.random(in: 0 ... .max).hexadecimal
        return ResourceAccess(token: token, credentials: client, date: clock.date, nonce: nonce)
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
