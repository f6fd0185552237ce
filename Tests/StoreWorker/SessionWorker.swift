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
