import Foundation
import OAuthDialects

/// A session in a process of its own, over real sockets.
struct SessionWorker {
    private let session: TokenSession

    init(_ session: TokenSession) {
        self.session = session
    }

    func serve() async {
        FleetWorker.say("ready")
        while let line = readLine() {
            let words = line.split(separator: " ")
            do {
                switch words.first {
                case "token": FleetWorker.say("token \(try await session.accessToken().value.revealed)")
                case "renew": FleetWorker.say("token \(try await session.renew().value.revealed)")
                case "keep": FleetWorker.say("failures \(await keep(.seconds(Int(words[1]) ?? 0)))")
                default: FleetWorker.say("?")
                }
            } catch {
                FleetWorker.say("\((error as? TokenError)?.code.description ?? "\(error)")")
            }
        }
    }

    /// Uses tokens as a busy server does, and counts how often none was to be had for good: a second is short on a busy machine.
    private func keep(_ duration: Duration) async -> Int {
        let end = ContinuousClock.now + duration
        var failures = 0
        while ContinuousClock.now < end {
            do { _ = try await session.accessToken() } catch  where (error as? TokenError)?.isTransient != true {
                failures += 1
            } catch {}
            try? await Task.sleep(for: .milliseconds(10))
        }
        return failures
    }
}
