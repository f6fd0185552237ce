import Foundation
import OAuthDialects

/// The rows of the table; rounds of ours and of the peers take turns.
struct Rows {
    private static let rounds = 5

    let provider: Provider
    private let peers: [Peer]
    private let words: [String]

    init(_ peers: [Peer], _ provider: Provider, only words: [String]) {
        (self.peers, self.provider, self.words) = (peers, provider, words)
    }

    func measure() async throws -> [Row] {
        try await reading() + requests() + crowds() + sessions()
    }

    /// A row that peers have as well, if they know the work.
    func row(
        _ name: String,
        _ unit: String,
        _ work: String? = nil,
        _ url: URL? = nil,
        isTimed: Bool = false,
        _ ours: () async throws -> Double
    ) async throws -> [Row] {
        guard isChosen(name) else { return [] }
        var own: [Double] = []
        var others: [String: [Double]] = [:]
        for _ in 0..<Self.rounds {
            own.append(try await ours())
            for peer in peers {
                let start = ContinuousClock.now
                guard let work, let figure = peer.measure(work, url) else { continue }
                others[peer.name, default: []].append(isTimed ? milliseconds(ContinuousClock.now - start) : figure)
            }
        }
        return [Row(name: name, unit: unit, ours: Figure(own), peers: others.mapValues(Figure.init))]
    }

    /// How many token requests some work causes.
    func requests(
        _ name: String,
        _ work: String? = nil,
        at url: URL,
        _ ours: () async throws -> Void
    ) async throws -> [Row] {
        guard isChosen(name) else { return [] }
        var row = Row(name: name, unit: "", ours: Figure([try await provider.requests(ours)]))
        for peer in peers {
            var isKnown = false
            let requests = await provider.requests { isKnown = work.flatMap { peer.measure($0, url) } != nil }
            if isKnown { row.peers[peer.name] = Figure([requests]) }
        }
        return [row]
    }

    /// What is measured once, because it takes long or repeats.
    func once(_ names: [String], _ units: [String], _ work: () async throws -> [Double]) async throws -> [Row] {
        guard names.contains(where: isChosen) else { return [] }
        return zip(zip(names, units), try await work()).map { Row(name: $0.0, unit: $0.1, ours: Figure([$1])) }
    }

    private func isChosen(_ name: String) -> Bool {
        guard words.isEmpty || words.contains(where: name.localizedCaseInsensitiveContains) else { return false }
        note("measuring: \(name)")
        return true
    }

    func milliseconds(_ duration: Duration) -> Double { duration / .milliseconds(1) }
}
