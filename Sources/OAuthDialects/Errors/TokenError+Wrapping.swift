extension TokenError {
    /// Any error as a ``TokenError``: one that is already a ``TokenError`` is kept, any other becomes the underlying error of a new
    /// one, with its type's name but not its text.
    package static func wrapping(
        _ error: any Error,
        as code: Code,
        _ message: @autoclosure () -> String,
        hint: String? = nil,
        isTransient: Bool = false
    ) -> Self {
        if let error = error as? TokenError { return error }
        return Self(code, message(), hint: hint, isTransient: isTransient, underlying: UnderlyingError(error))
    }

    /// What a transport's error means to a caller: a ``TokenError`` is kept, anything else means that the answer was lost.
    package static func wrapping(transportFailure error: any Error) -> Self {
        if let error = error as? TokenError { return error }
        let failure = WireFailure.wrapping(error)
        return Self(
            failure.reason == .timedOut ? .timedOut : .unavailable,
            failure.message,
            isTransient: true,
            underlying: failure.underlying
        )
    }
}

extension WireFailure {
    /// Any error of a transport as a failure; a request that failed for an unknown reason may have arrived.
    package static func wrapping(_ error: any Error) -> Self {
        error as? WireFailure ?? WireFailure(.connectionLost, mayHaveArrived: true, underlying: error)
    }
}
