import Foundation
import OAuthDialects

/// Many callers at once on a session that holds nothing.
enum Crowd {
    /// When the last was answered, with a token or with an error, in milliseconds.
    @concurrent
    static func last(_ count: Int, at url: URL) async throws -> Double {
        let session = try Provider.session(at: url)
        let start = ContinuousClock.now
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<count { group.addTask { consume(try? await session.accessToken()) } }
        }
        return (ContinuousClock.now - start) / .milliseconds(1)
    }
}

extension Crowd {
    /// As many whose token has been revoked, and who all hear of it before anybody has a new one.
    @concurrent
    static func lateRejections(_ count: Int, of session: TokenSession) async throws {
        let revoked = try await session.accessToken()
        let arrivals = Arrivals(count)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<count {
                group.addTask {
                    try await session.withAccessToken { token in
                        guard token == revoked else { return .accepted(()) }
                        await arrivals.arrive()
                        return .rejected(())
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}

/// Holds everybody up until all are there.
private actor Arrivals {
    private var missing: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) {
        missing = count
    }

    func arrive() async {
        missing -= 1
        if missing > 0 { return await withCheckedContinuation { waiting.append($0) } }
        for caller in waiting { caller.resume() }
    }
}
