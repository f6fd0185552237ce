import AsyncHTTPClient
import Foundation
import NIOCore
import OAuthDialects

extension TokenSession {
    /// Sends a request with a token, as `HTTPClient.execute(_:timeout:)` does: the answer's body is still to come.
    ///
    /// If the token is turned away it is renewed, and the request is sent once more, unless it has a body: that may be a
    /// stream, so the caller gets the 401 and the next call has the new token. Bytes go by
    /// ``execute(_:body:timeout:on:)``. Redirects are returned. The token goes into the `Authorization` header: a dialect that
    /// signs requests is refused, and has `send(_:)`.
    ///
    /// - Throws: `TokenError`, with the code `untrustedHost` or `insecureEndpoint` before a token is asked for if the URL is
    ///   none of the provider's; `CancellationError`.
    public func execute(
        _ request: HTTPClientRequest,
        timeout: Duration = .seconds(60),
        on transport: AsyncHTTPClientTransport
    ) async throws -> HTTPClientResponse {
        try await execute(request, repeats: request.body == nil, timeout, transport)
    }

    /// Sends a request with these bytes and a token, and once more if the token is turned away.
    ///
    /// - Throws: as ``execute(_:timeout:on:)`` does.
    public func execute(
        _ request: HTTPClientRequest,
        body: ByteBuffer,
        timeout: Duration = .seconds(60),
        on transport: AsyncHTTPClientTransport
    ) async throws -> HTTPClientResponse {
        var request = request
        request.body = .bytes(body)
        return try await execute(request, repeats: true, timeout, transport)
    }

    private func execute(
        _ request: HTTPClientRequest,
        repeats: Bool,
        _ timeout: Duration,
        _ transport: AsyncHTTPClientTransport
    ) async throws -> HTTPClientResponse {
        guard let url = URL(string: request.url) else {
            throw TokenError(.insecureEndpoint, "The request has no URL that can be read.")
        }
        try dialect.apiOrigins(for: extras).check(url)
        guard signer == nil else {
            throw TokenError(
                .invalidRequest,
                "The session's signer signs the whole request, which execute can't provide.",
                hint: "Use send(_:)."
            )
        }
        var request = request
        // What was checked is what is sent.
        request.url = url.absoluteString
        var first: HTTPClientResponse?
        do {
            return try await withAccessToken { token in
                if !repeats, let first { throw NotRepeated(answer: first) }
                request.headers.replaceOrAdd(name: "Authorization", value: token.authorizationHeader.revealed)
                let standing = first == nil ? TokenError.Delivery.notSent : .rejected
                let (answer, isRejection) = try await answer(to: request, standing, timeout, transport)
                first = answer
                return isRejection ? .rejected(answer) : .accepted(answer)
            }
        } catch let error as NotRepeated {
            return error.answer
        }
    }

    /// The answer, and whether it turns the token away: the dialect's question, which looks into refusals.
    ///
    /// `standing` is what had become of the request before this attempt.
    private func answer(
        to request: HTTPClientRequest,
        _ standing: TokenError.Delivery,
        _ timeout: Duration,
        _ transport: AsyncHTTPClientTransport
    ) async throws -> (HTTPClientResponse, isRejection: Bool) {
        do {
            var answer = try await transport.perform(request, by: .now() + TimeAmount(timeout))
            var wire = WireResponse(status: Int(answer.status.code), headers: WireHeaders(answer.headers))
            if wire.status >= 400 || answer.isSmall {
                let body = try await answer.body.collect(upTo: 1024 * 1024)
                answer.body = .bytes(body)
                wire.body = Data(body.readableBytesView)
            }
            return (answer, dialect.isTokenRejection(wire))
        } catch {
            try Task.checkCancellation()
            throw TokenError.reading(error, of: request, standing)
        }
    }
}

extension HTTPClientResponse {
    /// Whether it may be a refusal that says 200, as Revenue Monster's API does; a stream is left alone.
    fileprivate var isSmall: Bool {
        headers.first(name: "Content-Length").flatMap { Int($0) }.map { $0 <= 4096 } ?? false
    }
}

/// Leaves the second attempt, with the new token in the session and the first answer in hand.
private struct NotRepeated: Error {
    let answer: HTTPClientResponse
}

extension TokenError {
    /// What a caller is told where an exchange failed: a request that may have been processed is not called safe to repeat.
    fileprivate static func reading(
        _ error: any Error,
        of request: HTTPClientRequest,
        _ standing: Delivery
    ) -> any Error {
        let read = WireFailure.reading(error)
        guard let failure = read as? WireFailure else { return read }
        let delivery = failure.mayHaveArrived ? .unknown : standing
        let isSafe = [.GET, .HEAD, .OPTIONS].contains(request.method)
        return TokenError(
            .requestFailed,
            "\(failure)",
            isTransient: delivery != .unknown || isSafe,
            delivery: delivery
        )
    }
}
