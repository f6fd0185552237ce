internal import Foundation
internal import Synchronization

/// Copies of tokens for sessions that several cores read at once: a core that waits for another's cache line takes ten times as long.
///
/// A session whose lock was found taken gets a version, a number that is used once in the process. While it has one, each thread
/// reads a copy under that version, with a lock and a reference count of its own. A change of what is read sets the version back
/// to 0 under the session's lock, before anybody learns of the change: a read that begins later finds no copy. The next read
/// that finds the lock taken gives the session another version. Two threads that share a slot are slower, and never wrong.
enum TokenCopies {
    private struct Copy {
        var version: UInt64 = 0
        var held: HeldToken?
        /// 128 bytes that nobody touches: no two copies share a cache line, nor a pair of lines that are fetched together.
        let padding = SIMD16<UInt64>()
    }

    private static let count = 256
    /// Never released, so that a read counts no reference to its slot.
    private static let slots = unsafe (0..<count).map { _ in unsafe Unmanaged.passRetained(Locked(Copy())) }
    private static let versions = Atomic<UInt64>(0)

    static func nextVersion() -> UInt64 { versions.add(1, ordering: .relaxed).newValue }

    /// This thread's copy, if it may be served without a look at anything else.
    static func token(of version: UInt64, at now: SessionInstant) -> AccessToken? {
        withSlot(slot(of: version)) { copy in
            guard copy.version == version, let held = copy.held, held.isPlain(at: now) else { return nil }
            return held.token
        }
    }

    /// Makes a copy for this thread.
    static func keep(_ held: HeldToken, as version: UInt64) {
        var held = held
        held.token = held.token.copy
        withSlot(slot(of: version)) { [held] in ($0.version, $0.held) = (version, held) }
    }

    /// Forgets the copies of a version, which is not used again.
    static func forget(_ version: UInt64) {
        for index in 0..<count { withSlot(index) { if $0.version == version { $0 = Copy() } } }
    }

    /// This thread's slot for a version; the copies of two hot sessions lie apart.
    private static func slot(of version: UInt64) -> Int {
        #if canImport(Glibc)
        let thread = UInt64(pthread_self() >> 12)
        #else
        let thread = UInt64(UInt(bitPattern: pthread_self()) >> 12)
        #endif
        return Int(((thread &+ version) &* 0x9E37_79B9_7F4A_7C15) >> 56)
    }

    private static func withSlot<Result: Sendable>(
        _ index: Int,
        _ body: (inout sending Copy) -> sending Result
    ) -> Result {
        unsafe slots[index]._withUnsafeGuaranteedRef { $0.withLock(body) }
    }
}

extension TokenSession {
    /// A token that needs no decision: what `look` reads from the machine, or this thread's copy of it.
    @inline(__always)
    func tokenInHand(at now: SessionInstant, _ look: (borrowing SessionMachine) -> AccessToken?) -> AccessToken? {
        let version = copies.load(ordering: .acquiring)
        if version != 0 {
            if let token = TokenCopies.token(of: version, at: now) { return token }
        } else if let token = core.withLockIfAvailable({ look($0.machine) }) {
            return token
        }
        return readWaiting(at: now, look)
    }

    /// Waits for the lock, and makes a copy for this thread's next read.
    @inline(never)
    package func readWaiting(
        at now: SessionInstant,
        _ look: (borrowing SessionMachine) -> AccessToken?
    ) -> AccessToken? {
        core.withLock { core in
            let token = look(core.machine)
            guard let held = core.machine.held, held.isPlain(at: now) else { return token }
            if copies.load(ordering: .relaxed) == 0 { copies.store(TokenCopies.nextVersion(), ordering: .releasing) }
            TokenCopies.keep(held, as: copies.load(ordering: .relaxed))
            return token
        }
    }

    /// Has the machine handle an event, and forgets the copies if what is read is another then.
    func handle(
        _ event: SessionMachine.Event,
        at moment: Moment,
        _ core: inout SessionCore
    ) -> SessionMachine.Decision {
        let held = core.machine.held
        let decision = core.machine.handle(event, at: moment)
        if !HeldToken.isSame(held, core.machine.held) { forgetCopies() }
        return decision
    }

    /// Whether threads read copies.
    package var hasCopies: Bool { copies.load(ordering: .acquiring) != 0 }

    func forgetCopies() {
        let version = copies.exchange(0, ordering: .acquiringAndReleasing)
        if version != 0 { TokenCopies.forget(version) }
    }
}
