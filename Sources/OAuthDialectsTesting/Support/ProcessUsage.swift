internal import Foundation

/// What this process has used of the machine.
enum ProcessUsage {
    /// The CPU time of all threads.
    static var cpu: Duration {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    /// The CPU time of a function as a share of one core; the time of other work in the process counts too.
    static func share(of body: () async throws -> Void) async rethrows -> Double {
        let (start, used) = (ContinuousClock.now, cpu)
        try await body()
        return (cpu - used) / (ContinuousClock.now - start)
    }

    /// The largest resident size so far, in bytes.
    static var peakMemory: Int {
        var usage = rusage()
        #if os(Linux)
        _ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss * 1024
        #else
        _ = unsafe getrusage(RUSAGE_SELF, &usage)
        return usage.ru_maxrss
        #endif
    }
}
