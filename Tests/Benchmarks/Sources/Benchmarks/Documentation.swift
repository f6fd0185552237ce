import Foundation

/// The places where the documentation shows figures: what stands between two comments is written anew.
enum Documentation {
    private static let root = (0..<5).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
    /// The rows that the README shows, by how their names begin.
    private static let few = [
        "currentAccessToken, one task", "currentAccessToken, two tasks", "10,000 callers", "an idle session",
    ]

    static func write(_ table: Table) throws {
        let article = "Sources/OAuthDialects/OAuthDialects.docc/Performance.md"
        try write("\(introduction)\n\n\(table.text)", into: article)
        var short = table
        short.rows = few.compactMap { name in table.rows.first { $0.name.hasPrefix(name) } }
        short.peers = Array(table.peers.prefix(1))
        try write("\(introduction)\n\n\(short.text)", into: "README.md")
    }

    private static func write(_ text: String, into path: String) throws {
        let file = root.appending(path: path)
        let whole = try String(contentsOf: file, encoding: .utf8)
        let (begin, end) = ("<!-- figures -->", "<!-- end of figures -->")
        guard let start = whole.range(of: begin), let stop = whole.range(of: end), start.upperBound < stop.lowerBound
        else {
            throw CocoaError(.fileReadCorruptFile, userInfo: [NSFilePathErrorKey: file.path])
        }
        let new = whole[..<start.upperBound] + "\n" + text + "\n" + whole[stop.lowerBound...]
        try new.write(to: file, atomically: true, encoding: .utf8)
    }

    /// When and on what the figures were taken.
    private static var introduction: String {
        let date = Date().formatted(Date.FormatStyle(date: .long, time: .omitted, locale: Locale(identifier: "en_GB")))
        return "Measured on \(date) on \(machine), with Swift \(swift)."
    }

    private static var machine: String {
        let cpu = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let kind = cpu.contains(" hypervisor") ? "virtual machine" : "machine"
        return "a \(kind) with \(ProcessInfo.processInfo.activeProcessorCount) \(architecture) cores and \(system)"
    }

    private static var architecture: String {
        #if arch(x86_64)
        "x86-64"
        #elseif arch(arm64)
        "arm64"
        #else
        "other"
        #endif
    }

    private static var system: String {
        #if os(Linux)
        "Linux"
        #else
        "macOS"
        #endif
    }

    private static var swift: String {
        let said = (try? Peer.run(["swift", "--version"])) ?? ""
        return said.firstMatch(of: #/Swift version ([0-9.]+)/#).map { String($0.1) } ?? "of an unknown version"
    }
}
