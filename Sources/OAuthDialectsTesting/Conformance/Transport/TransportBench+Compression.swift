internal import Foundation
internal import OAuthDialects

extension TransportBench {
    private static let limit = 1024 * 1024

    var compression: [ConformanceCase] {
        [small, bomb(megabytes: 32, announced: true), bomb(megabytes: 512, announced: false)]
    }

    /// gzip (RFC 1952) in pieces: a header, and a block of 1,037 bytes that expands to 1 MiB of zeros.
    private static func gzip(megabytes: Int) -> Data {
        let start = Data([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 3, 0, 0, 0, 0xFF, 0xFF])
        let codes = Data([0xEC, 0xC1, 0x31, 1, 0, 0, 0, 0xC2, 0xA0, 0xF5, 0x4F, 0x6D, 8, 0x5F, 0xA0])
        let block = codes + Data(count: 1016) + Data([0x3E, 3, 0, 0, 0xFF, 0xFF])
        return (0..<megabytes).reduce(into: start) { bytes, _ in bytes += block }
    }

    private static func head(_ framing: String) -> Data {
        Data("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\(framing)\r\n\r\n".utf8)
    }

    private func bomb(megabytes: Int, announced: Bool) -> ConformanceCase {
        ConformanceCase(
            clause: "Compressed bodies are cut off",
            tried: "\(megabytes) KiB of gzip, \(announced ? "announced" : "of unknown length"), that expand to "
                + "\(megabytes) MiB, with a limit of 1 MiB",
            expected: "a body of at most 1 MiB, cut off unless it was not expanded, and no memory for the rest"
        ) {
            let gzip = Self.gzip(megabytes: megabytes)
            let head = Self.head(announced ? "Content-Length: \(gzip.count)" : "Connection: close")
            return try await served({ _ in LoopbackReply([.bytes(head), .bytes(gzip), .close]) }) { url, _ in
                let before = ProcessUsage.peakMemory
                let response = try await transport.send(request("POST", url), .conformance)
                let growth = ProcessUsage.peakMemory - before
                guard response.status == 200, response.body.count <= Self.limit else { return "\(response)" }
                guard response.isCutOff || response.body == gzip else { return "\(response), not cut off" }
                return growth < 256 * 1024 * 1024 ? nil : "\(growth / 1024 / 1024) MiB of memory"
            }
        }
    }

    private var small: ConformanceCase {
        ConformanceCase(
            clause: "Compressed bodies are cut off",
            tried: "gzip that expands to less than the limit, if the request accepts it",
            expected: "the whole body, not cut off"
        ) {
            // `gzip -n <<< '{}'`
            let gzip = Data([31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 171, 174, 229, 2, 0, 6, 176, 161, 221, 3, 0, 0, 0])
            return try await served({ request in
                guard request.headers["Accept-Encoding"]?.contains("gzip") == true else {
                    return .response(WireResponse(status: 200, body: Data("{}\n".utf8)))
                }
                return .response(WireResponse(status: 200, headers: ["Content-Encoding": "gzip"], body: gzip))
            }) { url, _ in
                let response = try await transport.send(request("POST", url), .conformance)
                return response.body == Data("{}\n".utf8) && !response.isCutOff ? nil : "\(response)"
            }
        }
    }
}
