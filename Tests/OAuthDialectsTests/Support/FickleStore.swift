import Foundation
import OAuthDialects

/// A store whose saves fail for as long as a test wants.
final class FickleStore: TokenStore {
    private let isFailing = Locked(false)
    private let base = InMemoryTokenStore()

    func fails(_ fails: Bool) { isFailing.withLock { $0 = fails } }

    func record(for key: SessionKey) async throws -> TokenRecord? { base.record(for: key) }

    func update(_ key: SessionKey, _ body: StoreUpdate.Body) async throws {
        try await base.update(key) { [isFailing] update in
            try await body(
                StoreUpdate(record: update.record) { record in
                    if isFailing.withLock({ $0 }) { throw CocoaError(.fileWriteOutOfSpace) }
                    try await update.save(record)
                }
            )
        }
    }
}
