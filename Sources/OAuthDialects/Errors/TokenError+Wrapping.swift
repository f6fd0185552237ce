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

    /// A transport's failure as callers see it, with the provider, the host, and the cause.
    init(
        _ code: Code,
        _ failure: WireFailure,
        of provider: String,
        at host: String?,
        hint: String? = nil,
        isTransient: Bool = true,
        delivery: Delivery? = nil
    ) {
        self.init(
            code,
            "\(provider) \(failure.effect): \(failure.cause(at: host ?? "the host")).",
            hint: hint,
            isTransient: isTransient,
            underlying: failure.underlying,
            delivery: delivery
        )
    }
}

extension WireFailure {
    /// Any error of a transport as a failure; a request that failed for an unknown reason may have arrived.
    package static func wrapping(_ error: any Error) -> Self {
        error as? WireFailure ?? WireFailure(.connectionLost, mayHaveArrived: true, underlying: error)
    }
}
