internal import Foundation

extension TokenSession {
    /// The request as a signer signs it, checked as any request is before it is sent.
    ///
    /// - Throws: `CancellationError` if the task is cancelled; any other error of the signer as a ``TokenError`` without the secrets.
    func sign(
        _ request: WireRequest,
        by signer: any RequestSigner,
        for purpose: SigningPurpose,
        _ scrubber: Scrubber
    ) async throws -> WireRequest {
        let signed: WireRequest
        do {
            signed = try await signer.signed(request, for: purpose)
        } catch {
            if error is CancellationError { throw error }
            let failure = TokenError.wrapping(
                error,
                as: .invalidRequest,
                "The request was not sent: signing it failed."
            )
            throw scrubber.scrub(failure)
        }
        try signed.headers.check()
        return signed
    }

    /// A token request as it is sent, and what is left of its limits.
    ///
    /// - Throws: ``TokenError``; with the code ``TokenError/Code/untrustedHost`` if the signer changed where the request goes.
    func signed(
        _ request: WireRequest,
        for purpose: SigningPurpose,
        within limits: WireLimits,
        _ scrubber: Scrubber
    ) async throws -> (WireRequest, WireLimits) {
        guard let signer else { return (request, limits) }
        let start = clock.now
        let signed = try await clock.value(by: start + limits.timeout) {
            do { return try await self.sign(request, by: signer, for: purpose, scrubber) } catch is CancellationError {
                throw Self.unsigned
            }
        }
        guard let signed else { throw Self.unsigned }
        let origin = try Origin(of: request.url)
        guard try Origin(of: signed.url) == origin else {
            throw TokenError(
                .untrustedHost,
                "The request was not sent: its signer changed where it goes, which is \(origin).",
                hint: "A signer adds to a request; the dialect says where it goes."
            )
        }
        var rest = limits
        rest.timeout = max(limits.timeout - (clock.now - start), .milliseconds(500))
        return (signed, rest)
    }

    private static let unsigned = TokenError(
        .invalidRequest,
        "The request was not sent: it was not signed in time.",
        isTransient: true
    )
}
