internal import OAuthDialects

extension StoreBench {
    var cancellation: [ConformanceCase] {
        [cancelled(after: .zero), cancelled(after: .milliseconds(50))]
    }

    /// No store tells when it waits, so that one caller is cancelled as it comes and one that has had time to wait.
    private func cancelled(after pause: Duration) -> ConformanceCase {
        let moment = pause == .zero ? "at once" : "after \(pause)"
        return ConformanceCase(
            clause: "Cancellation while waiting",
            tried: "an update cancelled \(moment) while another handle's is in its body",
            expected: "CancellationError before the other ends; its body never runs; the next update gets in"
        ) {
            let (store, other) = (try await makeStore(), try await makeStore())
            let key = key("cancelled after \(pause)")
            let hasRun = Locked(false)
            let came = try await holding(key, in: store) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        try await other.update(key) { _, _ in
                            hasRun.withLock { $0 = true }
                            return .keep
                        }
                    }
                    try await Task.sleep(for: pause)
                    group.cancelAll()
                    do {
                        try await group.next()
                        return "it went through" as String?
                    } catch is CancellationError {
                        return nil
                    }
                }
            }
            if let came { return came }
            if hasRun.withLock({ $0 }) { return "its body ran" }
            try await put(record(1), for: key, in: other)
            return nil
        }
    }
}
