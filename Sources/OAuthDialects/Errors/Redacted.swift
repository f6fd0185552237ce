/// A value that prints only what may be shown: `description`, `debugDescription`, `dump`, and `Mirror` all show ``redacted``.
package protocol Redacted: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// What may be shown of the value.
    var redacted: String { get }
}

extension Redacted {
    public var description: String { redacted }
    public var debugDescription: String { redacted }
    public var customMirror: Mirror { Mirror(self, children: ["value": redacted]) }
}
