import OAuthDialects
import Synchronization

/// The owner names of leases that this process failed to release, or may have taken without receiving the answer.
///
/// The next update of the key uses such a name, and so takes the lease over without waiting until it expires.
final class UnreleasedLeases: Sendable {
    private let owners = Mutex<[SessionKey: Set<String>]>([:])

    func add(_ owner: String, of key: SessionKey) {
        owners.withLock { _ = $0[key, default: []].insert(owner) }
    }

    /// Removes and returns a name, so that no two updates use the same one.
    func take(of key: SessionKey) -> String? {
        owners.withLock { owners in
            let owner = owners[key]?.popFirst()
            if owners[key]?.isEmpty == true { owners[key] = nil }
            return owner
        }
    }
}
