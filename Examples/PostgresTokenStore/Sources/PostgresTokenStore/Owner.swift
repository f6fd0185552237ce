import Foundation

/// The name of a lease's owner: the host and process, for someone who reads the table, and a random id.
enum Owner {
    private static let place: String = {
        let host = ProcessInfo.processInfo.hostName.filter { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "." }
        return "\(host.prefix(64)) \(ProcessInfo.processInfo.processIdentifier)"
    }()

    static func next() -> String {
        "\(place) \(UUID().uuidString)"
    }
}
