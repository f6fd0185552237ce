#if os(Linux)
import Foundation
import OAuthDialects

func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

/// A process that sends requests over libcurl: told what to do by its arguments, it answers in lines.
///
/// `send URL MILLISECONDS`: says the status, or the failure.
/// `resolve URL`: how requests fare while look-ups hang; needs the preloaded library of the tests.
/// `defaults URL`: a session with the defaults, and how many `URLSession` tasks it made.
/// `exit URL CA DELAY`: ends with transfers in the air, so many microseconds after the first of them.
/// `descriptors URL URL`: requests without descriptors, and with them again.
/// `cancel URL COUNT`: cancels so many requests at once.
/// `fork URL`: a request before a fork, and one after it in the child.
/// `wait URL`: the CPU time of a request that waits for three seconds.
/// `signals URL`: whether the driver's thread blocks SIGPIPE.
@main
enum TransportWorker {
    static func main() async throws {
        let words = Array(CommandLine.arguments.dropFirst())
        guard words.count >= 2, let url = URL(string: words[1]) else { return say("usage: see the source") }
        switch words[0] {
        case "send": say(await result(url, .milliseconds(Int(words[2]) ?? 0)))
        case "resolve": try await Resolving(url).run()
        case "defaults": try await Defaults(url).run()
        case "exit": try await Exiting(url, words[2]).run(delay: UInt32(words[3]) ?? 0)
        case "descriptors": try await Descriptors(url, URL(string: words[2])!).run()
        case "cancel": try await Cancelling(url).run(count: Int(words[2]) ?? 0)
        case "fork": await Forking(url).run()
        case "wait": say("cpu \(await Waiting(url).microseconds()) µs")
        default: say(await Signals(url).run())
        }
    }

    /// What a request comes to, in a line.
    static func result(
        _ url: URL,
        _ timeout: Duration = .seconds(10),
        by transport: any WireTransport = .system,
        method: String = "POST"
    ) async -> String {
        let body: WireBody? = method == "POST" ? .form([WireField("a", "b")]) : nil
        let request = WireRequest(method, url, body: body)
        let limits = WireLimits(maximumBodyBytes: 1024, timeout: timeout)
        do {
            return "status \(try await transport.send(request, limits).status)"
        } catch let failure as WireFailure {
            return "\(failure.reason) \(failure.mayHaveArrived ? "sent" : "unsent") \(failure.message)"
        } catch let error as TokenError {
            return "error \(error.code) \(error.message)"
        } catch {
            return "\(error)"
        }
    }

    static var descriptors: Int { (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0 }

    /// Lets others run until something is so.
    static func eventually(_ isSo: () -> Bool) async {
        while !isSo() { await Task.yield() }
    }
}
#else
@main enum TransportWorker { static func main() {} }
#endif
