internal import Foundation
internal import OAuthDialects

extension TransportBench {
    private enum Outcome: Sendable {
        case answered, unsent, lost
        case wrong(String)
    }

    private static let count = 1000

    var crowds: [ConformanceCase] {
        var hasty = WireLimits(maximumBodyBytes: 1024, timeout: .seconds(1))
        hasty.connectionTimeout = .milliseconds(500)
        return [crowd("a timeout of 15 s", .conformance), crowd("a timeout of 1 s", hasty)]
    }

    private func crowd(_ what: String, _ limits: WireLimits) -> ConformanceCase {
        ConformanceCase(
            clause: "A crowd is answered or not sent",
            tried: "1,000 POST requests at once with \(what), to a server that takes 20 ms for each",
            expected: "each is answered or fails; mayHaveArrived is true exactly for those that arrived"
        ) {
            let seen = Locked<Set<Int>>([])
            return try await served(
                limits: LoopbackLimits(maximumConnections: 2 * Self.count),
                { request in
                    let number = Int(request.url.lastPathComponent) ?? -1
                    seen.withLock { _ = $0.insert(number) }
                    try? await Task.sleep(for: .milliseconds(20))
                    return .response(WireResponse(status: 200, body: Data("\(number)".utf8)))
                }
            ) { url, server in
                let outcomes = await outcomes(url, limits)
                for case .wrong(let what) in outcomes { return what }
                let sent = outcomes.count { if case .unsent = $0 { false } else { true } }
                // A request whose caller has left may still be on its way.
                let clock = SystemClock()
                let end = clock.now + .seconds(3)
                _ = try? await clock.value(by: end) { try await server.facts { $0.requests >= sent } }
                let requests = server.facts.requests
                guard requests == sent else { return "\(sent) requests sent, \(requests) arrived" }
                let ghosts = seen.withLock { seen in
                    outcomes.indices.count { if case .unsent = outcomes[$0] { seen.contains($0) } else { false } }
                }
                return ghosts == 0 ? nil : "\(ghosts) requests arrived that were reported as not sent"
            }
        }
    }

    /// What became of each request, by its number.
    private func outcomes(_ url: URL, _ limits: WireLimits) async -> [Outcome] {
        await withTaskGroup(of: (Int, Outcome).self) { group in
            for number in 0..<Self.count {
                let request = request("POST", url.appending(path: "\(number)"))
                group.addTask { (number, await outcome(of: request, number, limits)) }
            }
            return await group.reduce(into: Array(repeating: .lost, count: Self.count)) { $0[$1.0] = $1.1 }
        }
    }

    private func outcome(of request: WireRequest, _ number: Int, _ limits: WireLimits) async -> Outcome {
        do {
            let response = try await transport.send(request, limits)
            return response.body == Data("\(number)".utf8) ? .answered : .wrong("\(response)")
        } catch let failure as WireFailure {
            return failure.mayHaveArrived ? .lost : .unsent
        } catch {
            return .wrong("\(error)")
        }
    }
}
