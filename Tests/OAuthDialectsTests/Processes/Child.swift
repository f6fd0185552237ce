import Foundation
import OAuthDialects

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A process with pipes for its input and output: Foundation's own falls over one of a thousand that are killed.
struct Child: Sendable {
    let id: Int32
    private let input: Int32
    private let output: Int32

    /// Whoever writes to one that has just ended is told by an error, and not by a signal that ends the tests.
    private static let deafness: Void = { _ = systemSignal(SIGPIPE, SIG_IGN) }()

    /// One after the other: between being made and being marked, a pipe's end could be inherited by another child.
    private static let spawning = Locked(())

    static func spawn(_ executable: URL, _ words: [String], _ environment: [String: String]) throws -> Child {
        _ = deafness
        return try spawning.withLock { _ in try Child(executable, words, environment) }
    }

    private init(_ executable: URL, _ words: [String], _ environment: [String: String]) throws {
        var toChild: [Int32] = [-1, -1]
        var fromChild: [Int32] = [-1, -1]
        for error in unsafe [pipe(&toChild), pipe(&fromChild)] where error != 0 { throw POSIXError(.EMFILE) }
        for end in toChild + fromChild { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        #else
        var actions = unsafe posix_spawn_file_actions_t()
        #endif
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, toChild[0], 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, fromChild[1], 1)
        let arguments = unsafe ([executable.path] + words).map { unsafe strdup($0) } + [nil]
        let variables = unsafe environment.map { unsafe strdup("\($0.key)=\($0.value)") } + [nil]
        let texts = unsafe arguments + variables
        defer { for index in unsafe texts.indices { unsafe free(texts[index]) } }
        var id: pid_t = 0
        let error = unsafe posix_spawn(&id, executable.path, &actions, nil, arguments, variables)
        for end in [toChild[0], fromChild[1]] { close(end) }
        (self.id, input, output) = (id, toChild[1], fromChild[0])
        guard error == 0 else { throw POSIXError(POSIXErrorCode(rawValue: error) ?? .EINVAL) }
    }

    func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = unsafe systemWrite(input, bytes, bytes.count)
    }

    /// Some bytes of its output as soon as there are any; none once it has ended.
    func read() -> Data {
        var bytes = [UInt8](repeating: 0, count: 4096)
        var count: Int
        repeat { count = unsafe systemRead(output, &bytes, bytes.count) } while count < 0 && errno == EINTR
        return Data(bytes.prefix(max(count, 0)))
    }

    /// Waits until it is gone, and frees what it took; nothing is read, written or signalled after that.
    ///
    /// - Returns: its exit status, or the negative number of the signal that ended it.
    func wait() -> Int32 {
        var status: Int32 = 0
        while unsafe waitpid(id, &status, 0) < 0, errno == EINTR {}
        close(input)
        close(output)
        let signal = status & 0x7F
        return signal == 0 ? status >> 8 & 0xFF : -signal
    }

    func signal(_ number: Int32) { kill(id, number) }
}

private let systemRead = unsafe read
private let systemWrite = unsafe write
private let systemSignal = signal
