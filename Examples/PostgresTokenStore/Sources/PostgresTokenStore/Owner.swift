import Foundation

/// Whose update holds a lease: where it runs, for people who look at the table, and an id of its own.
enum Owner {
    private static let place: String = {
        let host = ProcessInfo.processInfo.hostName.filter { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "." }
        return "\(host.prefix(64)) \(ProcessInfo.processInfo.processIdentifier)"
    }()

    static func next() -> String {
        "\(place) \(UUID().uuidString)"
    }
}
