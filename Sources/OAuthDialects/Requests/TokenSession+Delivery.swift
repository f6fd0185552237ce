internal import Foundation

/// What the errors of an API request say about the request.
extension TokenSession {
    /// Runs a part of an API request; its errors say what became of the request before it.
    func marking<Value>(
        _ delivery: TokenError.Delivery,
        of request: WireRequest? = nil,
        _ body: () async throws -> Value
    ) async throws -> Value {
        do { return try await body() } catch let error as TokenError { throw error.delivered(delivery, of: request) }
    }

    /// What a transport's error means to a caller: a cancellation stays one, anything else is a ``TokenError``.
    ///
    /// - Parameters:
    ///   - error: the transport's error.
    ///   - request: the request.
    ///   - standing: what had become of the request before this attempt; it holds if this one sent nothing.
    /// - Returns: the error for the caller.
    func failure(
        of error: any Error,
        sending request: WireRequest,
        _ standing: TokenError.Delivery
    ) -> any Error {
        if error is CancellationError || (error as? URLError)?.code == .cancelled { return CancellationError() }
        // A transport throws it for a request that can't be sent.
        if let error = error as? TokenError {
            return error.delivery == nil ? error.delivered(standing, of: request) : error
        }
        let failure = WireFailure.wrapping(error)
        let delivery = failure.mayHaveArrived ? .unknown : standing
        let mayRepeat = delivery != .unknown || request.isSafe
        return TokenError(
            .requestFailed,
            failure,
            of: dialect.name,
            at: request.url.host(),
            hint: mayRepeat ? nil : "Look up whether the request was processed before you send it again.",
            isTransient: mayRepeat,
            delivery: delivery
        )
    }
}

extension TokenError {
    /// The same error with what became of an API request; one that changes nothing need not be looked up.
    func delivered(_ delivery: Delivery, of request: WireRequest?) -> Self {
        let error = delivered(delivery)
        let isHarmless = delivery == .unknown && !isTransient && request?.isSafe == true
        return isHarmless ? error.advising(code.action) : error
    }
}

extension WireRequest {
    /// Whether it changes nothing at the server, so that it may be repeated (RFC 9110, section 9.2.1).
    package var isSafe: Bool { ["GET", "HEAD", "OPTIONS"].contains(method) }
}
