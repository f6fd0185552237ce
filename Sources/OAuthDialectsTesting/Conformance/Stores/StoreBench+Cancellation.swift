internal import OAuthDialects

extension StoreBench {
    var cancellation: [ConformanceCase] {
        [cancelled(after: .zero), cancelled(after: .milliseconds(50))]
    }

    /// Cancels a waiting caller after a pause that gives it time to wait: a store does not report when a caller waits.
    private func cancelled(after pause: Duration) -> ConformanceCase {
        let moment = pause == .zero ? "immediately" : "after \(pause)"
        return ConformanceCase(
            clause: "Cancellation while waiting",
            tried: "an update that is cancelled \(moment), while an update by another handle is running",
            expected: "CancellationError before the other update ends; its body never runs; the next update runs"
        ) {
            let (store, other) = (try await makeStore(), try await makeStore())
            let key = key("cancelled after \(pause)")
            let hasRun = Locked(false)
            let fault = try await holding(key, in: store) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await other.update(key) { _ in hasRun.withLock { $0 = true } } }
                    try await Task.sleep(for: pause)
                    group.cancelAll()
                    do {
                        try await group.next()
                        return "the update succeeded" as String?
                    } catch is CancellationError {
                        return nil
                    }
                }
            }
            if let fault { return fault }
            if hasRun.withLock({ $0 }) { return "its body ran" }
            try await put(record(1), for: key, in: other)
            return nil
        }
    }
}
