import FleetSupport
import Foundation
import OAuthDialectsTesting

/// Where the processes of a fleet run: in network namespaces that stand for machines, or all on this one.
final class Hosts: Sendable {
    /// One of them: what begins a command there, and the address at which this machine is seen from it.
    struct Host: Sendable {
        let prefix: [String]
        let gateway: String
        fileprivate let name: String?
    }

    let all: [Host]

    /// Makes two namespaces, each with a wire of its own to this machine, where the system lets a test do so.
    init() async throws {
        guard geteuid() == 0 else {
            all = [Host(prefix: [], gateway: "127.0.0.1", name: nil)]
            return
        }
        var made: [Host] = []
        // Of 10.64.0.0/10: a second run beside this one has other networks.
        let run = Int.random(in: 64..<128)
        let id = String(UInt32.random(in: 0 ... .max), radix: 36)
        for index in 0..<2 {
            let (name, net) = ("od\(id)\(index)", "10.\(run).\(index + 1)")
            do {
                for command in [
                    "ip netns add \(name)",
                    "ip link add \(name)a type veth peer name \(name)b",
                    "ip link set \(name)b netns \(name)",
                    "ip addr add \(net).1/24 dev \(name)a",
                    "ip link set \(name)a up",
                    "ip -n \(name) addr add \(net).2/24 dev \(name)b",
                    "ip -n \(name) link set \(name)b up",
                    "ip -n \(name) link set lo up",
                ] { try await Shell.run(command.split(separator: " ").map(String.init)) }
            } catch {
                print("No network namespaces here, so the fleet runs over loopback: \(error)")
                for name in made.compactMap(\.name) + [name] { _ = try? await Shell.run(["ip", "netns", "del", name]) }
                all = [Host(prefix: [], gateway: "127.0.0.1", name: nil)]
                return
            }
            made.append(Host(prefix: ["ip", "netns", "exec", name], gateway: "\(net).1", name: name))
        }
        all = made
    }

    /// Whether they are more than this machine.
    var areSeparate: Bool { all.count > 1 }

    var addresses: [String] { areSeparate ? all.map(\.gateway) : [] }

    /// Takes the namespaces down; their wires go with them.
    func end() async {
        for name in all.compactMap(\.name) { _ = try? await Shell.run(["ip", "netns", "del", name]) }
    }
}
