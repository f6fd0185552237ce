import Foundation

/// What the command line asks for.
struct LoadOptions {
    static let usage = """
        Usage: ShopLoad [--seconds 60] [--buyers 200] [--faults 0.05] [--seed 7] [--token-lifetime 5] [--settle 45]
                        [--limit-lookups] [--log PATH] [--shop PATH]

          --seconds N         how long buyers begin purchases
          --buyers N          how many buy at once
          --faults RATE       the share of requests that fail at each provider
          --seed N            selects the requests that fail, the showtimes, and the seats
          --token-lifetime N  how long access tokens live, in seconds
          --settle N          how long purchases may go on afterwards, in seconds
          --limit-lookups     Revenue Monster's documented limit applies: three queries by order id in five seconds
          --log PATH          keeps what the shop has logged
          --shop PATH         the shop's executable; otherwise the one beside this program
        """

    var seconds = 60
    var buyers = 200
    var faults = 0.05
    var seed: UInt64 = 7
    var tokenLifetime = 5
    var settle = 45
    var limitsLookups = false
    var log: URL?
    var shop: URL

    init(_ words: [String], beside program: URL) throws(Misuse) {
        shop = program.deletingLastPathComponent().appending(path: "Shop")
        var rest = words[...]
        while let flag = rest.popFirst() {
            if flag == "--limit-lookups" {
                limitsLookups = true
                continue
            }
            guard let value = rest.popFirst() else { throw Misuse(description: "\(flag) is unknown or needs a value.") }
            switch flag {
            case "--seconds": seconds = try Self.number(flag, value)
            case "--buyers": buyers = try Self.number(flag, value)
            case "--faults": faults = try Self.number(flag, value)
            case "--seed": seed = try Self.number(flag, value)
            case "--token-lifetime": tokenLifetime = try Self.number(flag, value)
            case "--settle": settle = try Self.number(flag, value)
            case "--log": log = URL(filePath: value)
            case "--shop": shop = URL(filePath: value)
            default: throw Misuse(description: "There is no flag \(flag).")
            }
        }
    }

    private static func number<Number: LosslessStringConvertible>(
        _ flag: String,
        _ text: String
    ) throws(Misuse) -> Number {
        guard let number = Number(text) else {
            throw Misuse(description: "\(flag) needs a number, and \(text) is none.")
        }
        return number
    }

    /// A command line that can't be understood.
    struct Misuse: Error, CustomStringConvertible {
        let description: String
    }
}
