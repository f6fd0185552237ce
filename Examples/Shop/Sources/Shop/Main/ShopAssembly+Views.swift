import Foundation
import OAuthDialects
import OAuthProviders
import ShopCore
import ShopSandboxes

extension Sandboxes: SandboxControls {}

extension WatchedSession {
    /// Each provider's own session, and those of its accounts.
    static func all(in status: ProvidersStatus) -> [Self] {
        status.providers.flatMap { provider in
            ([provider.session] + provider.accounts).map {
                Self(provider: provider.name, account: $0.account, status: $0)
            }
        }
    }
}

extension MerchantOrder {
    init(_ order: TikiOrder) {
        let items = order.items.map { "\($0.name ?? "Unnamed") × \($0.quantity ?? 1)" }
        self.init(
            code: order.code,
            date: order.createdAt ?? "",
            items: items.joined(separator: ", "),
            status: order.status
        )
    }
}

extension HealthReport {
    static func now(_ status: ProvidersStatus, _ store: any ShopStore) async -> Self {
        var sessions: [String: SessionStatus] = [:]
        for session in WatchedSession.all(in: status) { sessions[session.name] = session.status }
        do {
            _ = try await store.order("health")
            return Self(isHealthy: status.isHealthy, store: "reachable", sessions: sessions)
        } catch { return Self(isHealthy: false, store: "unreachable", sessions: sessions) }
    }
}
