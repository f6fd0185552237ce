import Foundation

/// Prints one table: a row for each kind of work, a column for us and for each peer that is installed.
///
/// `--json` prints JSON instead; `--write` also puts the table into the documentation; other words choose the rows whose names
/// contain one of them.
@main
struct Benchmarks {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        if arguments.first == "child" { return try await Child.work(Array(arguments.dropFirst())) }
        let provider = try await Provider()
        let peers = Peer.all()
        let rows = try await Rows(peers, provider, only: arguments.filter { !$0.hasPrefix("--") }).measure()
        await provider.stop()
        let table = Table(rows, peers)
        print(arguments.contains("--json") ? try table.json : table.text)
        for missing in Peer.missing(from: peers) { note(missing) }
        if arguments.contains("--write") { try Documentation.write(table) }
    }
}

/// Tells on standard error what is being measured: the whole takes minutes.
func note(_ text: String) { FileHandle.standardError.write(Data("\(text)\n".utf8)) }
