/// A value that is seldom there, kept apart: while there is none, it takes the room of a pointer.
@propertyWrapper
package struct Boxed<Value: Sendable>: Sendable {
    private indirect enum Box: Sendable {
        case empty
        case full(Value)
    }

    private var box: Box

    package init(wrappedValue: Value?) {
        box = wrappedValue.map(Box.full) ?? .empty
    }

    package var isEmpty: Bool {
        if case .empty = box { true } else { false }
    }

    package var wrappedValue: Value? {
        get {
            if case .full(let value) = box { value } else { nil }
        }
        set { self = Self(wrappedValue: newValue) }
    }
}
