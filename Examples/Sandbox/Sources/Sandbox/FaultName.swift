import OAuthDialectsTesting

/// The faults by their names on the command line.
enum FaultName {
    static let all: [(String, SandboxFault)] = [
        ("reset", .reset), ("timeout", .timeout), ("drip", .slowDrip), ("500", .internalServerError),
        ("502", .badGateway), ("503", .serviceUnavailable(retryAfter: .seconds(5))),
        ("429", .tooManyRequests(retryAfter: .seconds(5))), ("error-at-200", .errorAt200), ("garbage", .garbage),
        ("truncated", .truncated), ("empty", .empty), ("html", .wrongType), ("oversized", .oversized),
        ("lost", .lostAnswer),
    ]
}
