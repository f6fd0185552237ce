import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

// The code of the article on stores, word for word.

private func share() throws {
    let directory = URL(filePath: "/var/lib/shop/tokens")
    let session = TokenSession(
        dialect: .weTix(.production),
        credentials: try .environment("WETIX"),
        store: FileTokenStore(directory: directory)
    )
    _ = session
}

private func seal(_ cipher: any TokenCipher) {
    let sealed = FileTokenStore(cipher: cipher)
    _ = sealed
}

private func keepInMemory() -> RenewalPolicy {
    var policy = RenewalPolicy()
    policy.refreshTokens = .useInMemoryOnly
    return policy
}

/// Forwards every call to another store, and counts the updates.
private struct CountingStore: TokenStore {
    let base: any TokenStore
    let count: @Sendable (SessionKey) -> Void

    func record(for key: SessionKey) async throws -> TokenRecord? {
        try await base.record(for: key)
    }

    func update(
        _ key: SessionKey,
        _ body: StoreUpdate.Body
    ) async throws {
        count(key)
        try await base.update(key, body)
    }
}

private let makeStore: @Sendable () -> CountingStore = {
    let base = InMemoryTokenStore()
    return { CountingStore(base: base, count: { _ in }) }
}()

@Test func store() async {
    let report = await conformance(ofStore: { makeStore() })
    #expect(report.passes, "\(report)")
}
