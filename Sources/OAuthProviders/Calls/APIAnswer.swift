#if URLSession
internal import Foundation
internal import OAuthDialects

#if canImport(FoundationNetworking)
internal import FoundationNetworking
#endif

/// An answer to an API request, and what is needed to put it into an ``APIError``.
struct APIAnswer: Sendable {
    let request: WireRequest
    let response: WireResponse
    let url: URL
    let attempts: Int
    /// Whether an attempt before this answer may have been processed.
    let mayHaveBeenProcessed: Bool
    let scrubber: Scrubber
    let isTokenRejection: Bool
    /// When the session renews the token that was rejected, if it is to; `nil` for any other answer.
    let renewsAt: Date?
    /// The provider's words, scrubbed.
    let refusal: Refusal?
    /// When it arrived.
    let date: Date

    var isSuccess: Bool { (200..<300).contains(response.status) }
}

extension TokenSession {
    /// Sends an API request, and again as the policy has it.
    func answer(to request: URLRequest, repeating policy: RepeatPolicy?) async throws -> APIAnswer {
        let (wire, isStream) = try await wire(request)
        var limits = WireLimits(request)
        var repetition = Repetition(policy, of: wire, isStream: isStream, at: clock.now)
        var known = secretsInHand
        if repetition.isRepeatable { limits.shorten(to: repetition.timeLeft(at: clock.now)) }
        while true {
            let outcome: Repetition.Outcome
            var url = wire.url
            do {
                let delivery = try await exchange(wire, limits, repeats: !isStream)
                (outcome, url) = (.answer(delivery.response), delivery.url)
            } catch let error as TokenError {
                outcome = .failure(error)
            }
            known += secretsInHand
            let share = Double.random(in: 0...1)
            guard let wait = repetition.wait(after: outcome, at: clock.now, clock.date, share: share) else {
                switch outcome {
                case .answer(let response):
                    return APIAnswer(
                        response,
                        from: url,
                        to: wire,
                        repetition,
                        Scrubber(known + RequestIDs.secrets(of: wire)),
                        self
                    )
                case .failure(let error): throw repetition.mayHaveBeenProcessed ? error.asUncertain : error
                }
            }
            try await clock.sleep(until: clock.now + wait)
            limits.shorten(to: repetition.timeLeft(at: clock.now))
        }
    }
}

extension APIAnswer {
    fileprivate init(
        _ response: WireResponse,
        from url: URL,
        to request: WireRequest,
        _ repetition: Repetition,
        _ scrubber: Scrubber,
        _ session: TokenSession
    ) {
        (self.request, self.response, self.url, self.scrubber) = (request, response, url, scrubber)
        (attempts, mayHaveBeenProcessed) = (repetition.attempts, repetition.mayHaveBeenProcessed)
        isTokenRejection = session.dialect.isTokenRejection(response)
        let status = isTokenRejection ? session.status : nil
        renewsAt = status?.standing == .suspect ? status?.nextAt : nil
        refusal = session.dialect.refusal(in: response).map { scrubber.scrub($0) }
        date = session.clock.date
    }
}

extension WireLimits {
    fileprivate mutating func shorten(to timeout: Duration) {
        self.timeout = min(self.timeout, timeout)
        connectionTimeout = min(connectionTimeout, timeout)
    }
}

extension TokenError {
    /// The same error about a request of which an earlier attempt may have been processed.
    fileprivate var asUncertain: Self {
        TokenError(
            code,
            message,
            hint: "An earlier attempt may have been processed: look it up before you send the request again.",
            retryAt: retryAt,
            refusal: refusal,
            underlying: underlying,
            delivery: .unknown
        )
    }
}
#endif
