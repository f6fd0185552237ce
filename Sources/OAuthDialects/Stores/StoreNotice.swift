/// What a store has to tell of besides failing: the session whose record it is makes an event of it.
///
/// By key and not by a task's own value: an optimised build of Swift 6.3.1 crashes where an `async` closure is given one.
package enum StoreNotice {
    package typealias Listener = @Sendable (TokenError) -> Void

    private struct Listeners {
        var ids: UInt64 = 0
        var all: [UInt64: (key: SessionKey, listener: Listener)] = [:]
    }

    private static let listeners = Locked(Listeners())

    /// Hears what is told of a key from now on, until ``stop(_:)`` with what this returns.
    package static func listen(to key: SessionKey, _ listener: @escaping Listener) -> UInt64 {
        listeners.withLock { listeners in
            listeners.ids += 1
            listeners.all[listeners.ids] = (key: key, listener: listener)
            return listeners.ids
        }
    }

    package static func stop(_ id: UInt64) {
        listeners.withLock { _ = $0.all.removeValue(forKey: id) }
    }

    package static func report(_ notice: TokenError, of key: SessionKey) {
        let hearing = listeners.withLock { listeners in
            listeners.all.values.filter { $0.key == key }.map(\.listener)
        }
        for listener in hearing { listener(notice) }
    }
}

/// A store that tells by ``StoreNotice``.
package protocol NoticingStore: TokenStore {}

extension FileTokenStore: NoticingStore {}
