import OAuthDialects
import ServiceLifecycle

/// Keeps sessions' tokens fresh for as long as a `ServiceGroup` runs.
public struct TokenUpkeep: Service {
    private let sessions: [TokenSession]

    /// Makes a service of these sessions.
    public init(_ sessions: TokenSession...) {
        self.sessions = sessions
    }

    public func run() async throws {
        // A graceful shutdown cancels nothing by itself, and waits for `run()` to return.
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                for session in sessions { group.addTask { await session.run() } }
            }
        }
    }
}
