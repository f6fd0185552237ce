import Foundation
import Synchronization

/// The merchant, who watches whether the shop's sessions work, and connects an account again when its sign-in has ended.
///
/// A lost answer to a refresh ends a sign-in for good where refresh tokens rotate, as at Tiki and in the sandbox of Revenue
/// Monster: only a person can renew it.
final class MerchantWatch: Sendable {
    private struct Health: Decodable {
        struct Session: Decodable {
            let standing: String
            let needsSignIn: Bool
        }

        let sessions: [String: Session]
    }

    private struct State {
        /// When each session worked: a date, and its standing from then on.
        var standings: [String: [(date: Date, works: Bool)]] = [:]
        var reconnections: [String: Int] = [:]
    }

    private let shop: URL
    private let password: String
    private let state = Mutex(State())
    /// The merchant's own requests are not the buyers'.
    private let figures = Figures()

    init(at shop: URL, password: String) { (self.shop, self.password) = (shop, password) }

    /// Connects both accounts.
    func connect() async throws {
        for provider in ["revenue-monster", "tiki"] { try await connect(provider) }
    }

    /// Looks several times a second, until its task is cancelled.
    func run() async {
        while !Task.isCancelled {
            await look()
            try? await Task.sleep(for: .milliseconds(200))
        }
    }

    /// How often an account was connected again.
    func reconnections(of provider: String) -> Int { state.withLock { $0.reconnections[provider] ?? 0 } }

    /// Whether the shop held a token of a session that works, as last seen before a date.
    func worked(_ session: String, at date: Date) -> Bool {
        state.withLock { $0.standings[session]?.last { $0.date <= date }?.works ?? false }
    }

    private func look() async {
        var visitor = Visitor(at: shop, figures)
        guard let page = try? await visitor.get("/health", as: "health"),
            let health = try? JSONDecoder().decode(Health.self, from: Data(page.text.utf8))
        else { return }
        let now = Date()
        state.withLock { state in
            for (name, session) in health.sessions {
                let works = session.standing == "working"
                if state.standings[name]?.last?.works != works {
                    state.standings[name, default: []].append((now, works))
                }
            }
        }
        for provider in ["revenue-monster", "tiki"] where health.sessions["\(provider)/merchant"]?.needsSignIn == true {
            // If it fails, the next look finds the account as it was.
            guard (try? await connect(provider)) != nil else { continue }
            state.withLock { $0.reconnections[provider, default: 0] += 1 }
        }
    }

    private func connect(_ provider: String) async throws {
        var merchant = Merchant(at: shop, password: password, figures)
        try await merchant.connect(provider)
    }
}
