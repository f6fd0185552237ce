import Synchronization

/// Carries one value out of a closure.
final class Box<Value: Sendable>: Sendable {
    private let state = Mutex<Value?>(nil)

    var value: Value? { state.withLock { $0 } }

    func put(_ value: Value) { state.withLock { $0 = value } }
}
