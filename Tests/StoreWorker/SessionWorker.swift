import Foundation
import OAuthDialects

/// A session in a process of its own, over real sockets.
struct SessionWorker {
    private let session: TokenSession

    init(_ directory: URL, _ words: [String]) {
        let identity = words[3] == "client" ? Identity.client() : (try? .user(Account(words[3]))) ?? .client()
        var policy = RenewalPolicy.standard
        policy.burst = 10_000
        policy.renewalTimeout = words.count > 6 ? .milliseconds(Int(words[6]) ?? 0) : policy.renewalTimeout
        if words.count > 7 { policy.exchangeLimits.timeout = .milliseconds(Int(words[7]) ?? 0) }
        session = TokenSession(
            dialect: .revenueMonster(.custom(URL(string: words[2])!)),
            credentials: ClientCredentials(id: words[4], secret: words[5]),
            identity: identity,
            store: FileTokenStore(directory: directory, lease: policy.renewalTimeout),
            policy: policy
        )
    }

    func serve() async {
        StoreWorker.say("ready")
        while let line = readLine() {
            let words = line.split(separator: " ")
            do {
                switch words.first {
                case "token": StoreWorker.say("token \(try await session.accessToken().value.revealed)")
                case "renew": StoreWorker.say("token \(try await session.renew().value.revealed)")
                case "reject":
                    session.invalidate(try await session.accessToken())
                    StoreWorker.say("token \(try await session.accessToken().value.revealed)")
                case "keep": StoreWorker.say(await keep(.seconds(Int(words[1]) ?? 0)))
                case "live": await live()
                case "out":
                    try await session.signOut()
                    StoreWorker.say("out")
                default: StoreWorker.say("?")
                }
            } catch {
                StoreWorker.say("\((error as? TokenError)?.code.description ?? "\(error)")")
            }
        }
    }

    /// Uses tokens until it is killed, and says what goes wrong: each longer time without a token, and each other failure.
    private func live() async {
        var longest = Duration.milliseconds(100)
        var lastToken = ContinuousClock.now
        while true {
            do {
                let start = ContinuousClock.now
                _ = try await session.accessToken()
                let now = ContinuousClock.now
                // The pause between two calls is its own.
                let gap = lastToken < start - .milliseconds(100) ? now - lastToken : now - start
                if gap > longest {
                    longest = gap
                    StoreWorker.say("gap \(Int(gap / .milliseconds(1)))")
                }
                lastToken = now
            } catch {
                let error = error as? TokenError
                if error?.isTransient != true { StoreWorker.say("failed \(error?.code.description ?? "?")") }
            }
            try? await Task.sleep(for: .milliseconds(10))
        }
    }

    /// Uses tokens as a busy server does, and counts how often none was to be had, for good and for now: a second is a short
    /// life on a busy machine.
    private func keep(_ duration: Duration) async -> String {
        let end = ContinuousClock.now + duration
        var failures = 0
        var delays = 0
        while ContinuousClock.now < end {
            do { _ = try await session.accessToken() } catch  where (error as? TokenError)?.isTransient == true {
                delays += 1
            } catch {
                failures += 1
            }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return "failures \(failures) delays \(delays)"
    }
}
