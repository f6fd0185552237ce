/// A policy by reference: a session's parts hold one together, and the sessions of a pool too.
package final class SharedPolicy: Sendable {
    package let value: RenewalPolicy

    package init(_ value: RenewalPolicy) { self.value = value }
}
