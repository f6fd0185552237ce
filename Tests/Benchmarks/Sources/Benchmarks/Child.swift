import Foundation

/// Work that this program does in a process of its own, as the peers do: with a heap of its own, and without the provider's tasks
/// among its callers.
enum Child {
    /// The numbers that a child prints.
    static func figures(_ words: String...) throws -> [Double] {
        try Peer.run([CommandLine.arguments[0], "child"] + words).split(separator: " ").compactMap { Double($0) }
    }

    static func figure(_ work: String, _ url: URL) throws -> Double {
        guard let figure = try figures(work, url.absoluteString).first else { throw CocoaError(.featureUnsupported) }
        return figure
    }

    static func work(_ words: [String]) async throws {
        guard words.count == 2 else { throw CocoaError(.featureUnsupported) }
        let figures: [Double] =
            switch (words[0], URL(string: words[1]), Int(words[1])) {
            case ("first", let url?, _): try await first(url)
            case ("crowd", let url?, _): [try await Crowd.last(10_000, at: url)]
            case ("down", let url?, _): [try await Crowd.last(20, at: url)]
            case ("growth", _, let count?): try await Memory.growth(count)
            default: throw CocoaError(.featureUnsupported)
            }
        print(figures.map { "\($0)" }.joined(separator: " "))
    }

    private static func first(_ url: URL) async throws -> [Double] {
        consume(try await Provider.session(at: url).accessToken())
        return [0]
    }
}
