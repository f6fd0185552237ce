import OAuthDialects
import Synchronization

/// Owners of leases that this process could not give back, or of which it never heard whether it had them.
///
/// The next update of the key goes by such a name, and so takes over from itself without waiting for the lease's end.
final class Leftovers: Sendable {
    private let owners = Mutex<[SessionKey: Set<String>]>([:])

    func leave(_ owner: String, of key: SessionKey) {
        owners.withLock { _ = $0[key, default: []].insert(owner) }
    }

    /// Takes one away, so that no two updates go by the same name.
    func take(of key: SessionKey) -> String? {
        owners.withLock { owners in
            let owner = owners[key]?.popFirst()
            if owners[key]?.isEmpty == true { owners[key] = nil }
            return owner
        }
    }
}
