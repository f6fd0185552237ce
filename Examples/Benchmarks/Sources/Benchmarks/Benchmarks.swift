import Foundation

/// Prints one table: a row for each kind of work, a column for us and for each peer that is installed.
@main
struct Benchmarks {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        if arguments.first == "first", let url = arguments.last.flatMap(URL.init(string:)) {
            _ = try await Provider.session(at: url).accessToken()
            return
        }
        let provider = try await Provider()
        let peers = Peer.all()
        var rows = try await Rows.compared(with: peers, provider)
        rows += try await Rows.alone(provider)
        await provider.stop()
        print(arguments.contains("--json") ? try Table(rows, peers).json : Table(rows, peers).text)
        for missing in Peer.missing(from: peers) { print(missing) }
    }
}
