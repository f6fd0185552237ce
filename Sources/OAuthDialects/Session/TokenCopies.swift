internal import Foundation
internal import Synchronization

/// Copies of tokens, so that cores that read one session at once don't wait for each other.
///
/// Every read under a session's lock writes the lock's cache line and the token's reference count: cores that do so at once wait,
/// and a read takes ten times as long. So a session whose lock was found taken gets a version, a number that no other token ever
/// gets. From then on each thread looks in its own slot for a copy with that number. When the token changes, the version becomes 0
/// while the session's lock is still held: a read that begins afterwards sees 0 or a newer number, which no old copy matches. Two
/// sessions whose copies fall into one slot push each other out now and then: that costs time, and the number keeps either from
/// reading the other's token.
package enum TokenCopies {
    private struct Copy {
        var version: UInt64 = 0
        var held: HeldToken?
        /// How many reads of other versions found the slot taken.
        var misses = 0
        /// Keeps copies 128 bytes apart: processors fetch lines of 64 bytes in pairs.
        let padding = SIMD16<UInt64>()
    }

    private static let count = 256
    /// Of the reads that find another version's copy, one in so many replaces it: making a copy takes longer than waiting.
    private static let patience = 32
    /// Never released: a read then needs no retain of its slot, which threads would share again.
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

    /// Makes a copy for this thread, unless another version's is in its place.
    static func keep(_ held: HeldToken, as version: UInt64) {
        let isFree = withSlot(slot(of: version)) { copy in
            if copy.version == version || copy.version == 0 { return true }
            copy.misses += 1
            return copy.misses.isMultiple(of: patience)
        }
        guard isFree else { return }
        var held = held
        held.token = held.token.copy
        withSlot(slot(of: version)) { [held] in ($0.version, $0.held) = (version, held) }
    }

    /// Forgets the copies of a version, which is not used again.
    static func forget(_ version: UInt64) {
        for index in 0..<count { withSlot(index) { if $0.version == version { $0 = Copy() } } }
    }

    /// How many copies of a version there are.
    package static func count(of version: UInt64) -> Int {
        (0..<count).count { index in withSlot(index) { $0.version == version } }
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
    /// The token that `look` finds in the machine.
    ///
    /// `look` must give the held token whenever it is plain: only then may a copy stand in for it.
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
            // Also while there is nothing to copy: trying a lock that is taken, again and again, takes longer than waiting for it.
            if copies.load(ordering: .relaxed) == 0 { copies.store(TokenCopies.nextVersion(), ordering: .releasing) }
            if let held = core.machine.held, held.isPlain(at: now) { TokenCopies.keep(held, as: copiesVersion) }
            return look(core.machine)
        }
    }

    /// Has the machine handle an event, and forgets the copies if readers would now get something else.
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

    /// The version of the copies that threads read; 0 if there are none.
    package var copiesVersion: UInt64 { copies.load(ordering: .acquiring) }

    package func forgetCopies() {
        let version = copies.exchange(0, ordering: .acquiringAndReleasing)
        if version != 0 { TokenCopies.forget(version) }
    }
}
