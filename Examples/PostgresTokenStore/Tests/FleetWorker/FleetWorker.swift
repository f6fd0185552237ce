import FleetSupport
import Foundation
import OAuthDialects
import OAuthDialectsTesting
import PostgresTokenStore

/// A process of a fleet: told what to do by its arguments and by lines, it answers in lines.
///
/// `session CONNECTION URL ACCOUNT ID SECRET`: a session; `token`, `renew` and `keep SECONDS` are answered in a line each.
/// `hold CONNECTION KEY LEASE`: takes the lease and says `held`; saves when told `go` and says `saved` or the error's code.
/// `exit CONNECTION`: makes connections without end, says `connecting` and exits when told to.
/// `forward PORT HOST PORT`: carries a port of this network namespace's loopback to another address.
@main
enum FleetWorker {
    static func main() async throws {
        let words = Array(CommandLine.arguments.dropFirst())
        switch words.first {
        case "session": try await session(words).serve()
        case "hold": await hold(words)
        case "exit": await leave(words)
        case "forward":
            let forwarder = try Forwarder(Int(words[1]) ?? 0, to: words[2], Int(words[3]) ?? 0)
            say("ready")
            _ = readLine()
            forwarder.endAll()
        default: say("usage: FleetWorker session|hold|exit|forward …")
        }
    }

    private static func session(_ words: [String]) throws -> SessionWorker {
        var policy = RenewalPolicy()
        policy.burst = 10_000
        return SessionWorker(
            TokenSession(
                dialect: .revenueMonster(.custom(URL(string: words[2])!)),
                credentials: ClientCredentials(id: words[4], secret: words[5]),
                identity: .user(try Account(words[3])),
                store: PostgresTokenStore(connection: Secret(words[1])),
                policy: policy
            )
        )
    }

    private static func hold(_ words: [String]) async {
        let store = PostgresTokenStore(
            connection: Secret(words[1]),
            lease: .milliseconds(Int(words[3]) ?? 0)
        )
        do {
            try await store.update(SessionKey(identifier: words[2])) { update in
                say("held")
                _ = readLine()
                let next = (update.record?.generation ?? 0) + 1
                try await update.save(.sample(generation: next, accessToken: "late"))
            }
            say("saved")
        } catch {
            say("\((error as? TokenError)?.code.description ?? "\(error)")")
        }
    }

    private static func leave(_ words: [String]) async {
        let made = AsyncStream.makeStream(of: Void.self)
        for _ in 0..<4 {
            Task.detached {
                while true {
                    let store = PostgresTokenStore(connection: Secret(words[1]))
                    _ = try? await store.record(for: SessionKey(identifier: "any"))
                    made.continuation.yield()
                }
            }
        }
        for await _ in made.stream { break }
        say("connecting")
        _ = readLine()
        exit(0)
    }

    static func say(_ line: String) {
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }
}
