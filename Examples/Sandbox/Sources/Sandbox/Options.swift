import OAuthDialects
import OAuthDialectsTesting

/// The options on the command line.
struct Options: Sendable {
    var provider = Played.tiki
    var port = 8080
    var lifetime: Duration?
    var latency = Duration.zero
    var rotation: RefreshTokenRotation?
    var rate = 0.0
    var seed: UInt64 = 1
    var script: [SandboxFault?] = []
    var faults: [SandboxFault] = []
    var place = SandboxPlace.tokenEndpoints
    var consent = SandboxConsent.grant
    var wantsHelp = false

    /// It works only here, and contains nothing that a shell would have to quote.
    let client = ClientCredentials(id: "sandbox-client", secret: "sandbox-secret")

    func set(_ sandbox: ProviderSandbox) {
        sandbox.accessTokenLifetime = lifetime
        sandbox.latency = latency
        sandbox.rotation = rotation
        if !script.isEmpty { sandbox.follow(.script(script).at(place)) }
        if !faults.isEmpty {
            // Every request meets a fault where no rate is named.
            sandbox.follow(.rate(rate == 0 ? 1 : rate, of: faults, seed: seed).at(place))
        } else if rate > 0 {
            sandbox.follow(.rate(rate, seed: seed).at(place))
        }
    }

    init(_ arguments: [String]) throws(UsageError) {
        var rest = arguments.flatMap { argument in
            // --name=value is --name value.
            argument.hasPrefix("--") ? argument.split(separator: "=", maxSplits: 1).map(String.init) : [argument]
        }[...]
        while let option = rest.popFirst() {
            if option == "--help" || option == "-h" {
                wantsHelp = true
                return
            }
            guard Self.names.contains(option) else { throw UsageError("There is no option \(option).") }
            guard let value = rest.popFirst() else { throw UsageError("\(option) needs a value.") }
            try set(option, value)
        }
    }

    private static let names = [
        "--provider", "--port", "--lifetime", "--latency", "--refresh-tokens", "--fault", "--faults", "--rate",
        "--seed",
        "--at", "--consent",
    ]

    private mutating func set(_ option: String, _ value: String) throws(UsageError) {
        switch option {
        case "--provider": provider = try Self.choice(Played.all.map { ($0.name, $0) }, value)
        case "--port": port = try Self.number(value, in: 0...65535)
        case "--lifetime": lifetime = .seconds(try Self.number(value, in: 1...1_000_000_000))
        case "--latency": latency = .milliseconds(try Self.number(value, in: 0...600_000))
        case "--seed": seed = UInt64(try Self.number(value, in: 0...Int.max))
        case "--refresh-tokens":
            rotation = try Self.choice([("rotating", .rotating), ("fixed", .fixed)], value)
        case "--fault": faults = [try Self.choice(FaultName.all, value)]
        case "--faults":
            script = []
            for name in value.split(separator: ",") {
                script.append(name == "none" ? nil : try Self.choice(FaultName.all, String(name)))
            }
        case "--rate":
            guard let rate = Double(value), (0...1).contains(rate) else { throw UsageError("--rate is from 0 to 1.") }
            self.rate = rate
        case "--at": place = try Self.choice([("token", .tokenEndpoints), ("api", .api), ("all", .anywhere)], value)
        default: consent = try Self.choice([("grant", .grant), ("decline", .decline)], value)
        }
    }

    private static func choice<Value>(_ choices: [(String, Value)], _ name: String) throws(UsageError) -> Value {
        guard let value = choices.first(where: { $0.0 == name })?.1 else {
            throw UsageError("There is no \(name); there are: \(choices.map(\.0).joined(separator: ", ")).")
        }
        return value
    }

    private static func number(_ text: String, in range: ClosedRange<Int>) throws(UsageError) -> Int {
        guard let number = Int(text), range.contains(number) else {
            throw UsageError("\(text) is not a number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }
}

/// A mistake on the command line.
struct UsageError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
