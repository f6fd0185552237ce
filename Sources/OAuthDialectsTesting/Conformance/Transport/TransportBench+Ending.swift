internal import Foundation
internal import OAuthDialects

extension TransportBench {
    var ending: [ConformanceCase] {
        ["GET", "POST"].flatMap { [cancellation($0), cancelledBefore($0)] } + [timeout(.hang, "never responds"), drip]
    }

    private func cancellation(_ method: String) -> ConformanceCase {
        ConformanceCase(
            clause: "Cancellation",
            tried: "a task cancelled while a server has its \(method) and does not respond",
            expected: "CancellationError, and the connection ends"
        ) {
            try await served({ _ in .hang }) { url, server in
                let request = request(method, url)
                let error = await withTaskGroup(of: (any Error).self) { group in
                    group.addTask { (try? await failure(request, .conformance)) ?? CancellationError() }
                    _ = try? await server.facts { $0.requests == 1 }
                    group.cancelAll()
                    return await group.next()
                }
                guard error is CancellationError else { return error.map { "\($0)" } ?? "nothing" }
                _ = try await server.facts { $0.connections.allSatisfy { !$0.isOpen && $0.isClosedByPeer } }
                return nil
            }
        }
    }

    private func cancelledBefore(_ method: String) -> ConformanceCase {
        ConformanceCase(
            clause: "Cancellation",
            tried: "a \(method) in a task that is already cancelled",
            expected: "CancellationError, and no request"
        ) {
            try await served({ _ in .response(WireResponse(status: 200)) }) { url, server in
                let request = request(method, url)
                let error = await withTaskGroup(of: (any Error).self) { group in
                    group.cancelAll()
                    group.addTask { (try? await failure(request, .conformance)) ?? CancellationError() }
                    return await group.next()
                }
                guard error is CancellationError else { return error.map { "\($0)" } ?? "nothing" }
                let count = server.facts.requests
                return count == 0 ? nil : "\(count) requests"
            }
        }
    }

    private func timeout(_ reply: LoopbackReply, _ what: String) -> ConformanceCase {
        ConformanceCase(
            clause: "Ends within its timeout",
            tried: "a server that \(what), with a timeout of 300 ms",
            expected: "WireFailure.timedOut with mayHaveArrived true, within 5 s"
        ) {
            try await served({ _ in reply }) { url, _ in
                let limits = WireLimits(maximumBodyBytes: 1024 * 1024, timeout: .milliseconds(300))
                let start = ContinuousClock.now
                let error = try await failure(request("POST", url), limits)
                let time = ContinuousClock.now - start
                guard let failure = error as? WireFailure else { return "\(error)" }
                guard failure.reason == .timedOut, failure.mayHaveArrived else {
                    return "\(failure.reason), may have arrived: \(failure.mayHaveArrived)"
                }
                return time < .seconds(5) ? nil : "after \(time)"
            }
        }
    }

    private var drip: ConformanceCase {
        let body = Data(repeating: UInt8(ascii: "x"), count: 10_000)
        let reply = LoopbackReply.dripping(WireResponse(status: 200, body: body), pause: .milliseconds(50))
        return timeout(reply, "sends a byte every 50 ms")
    }
}
