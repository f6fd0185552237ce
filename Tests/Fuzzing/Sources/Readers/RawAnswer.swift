import Foundation
import OAuthDialects

/// An answer written down: the status, the header fields, an empty line, the body.
struct RawAnswer {
    let response: WireResponse

    init(_ bytes: Data) {
        var rest = bytes[...]
        let status = Int(Self.line(&rest)) ?? 400
        var headers = WireHeaders()
        while !rest.isEmpty {
            let line = Self.line(&rest)
            guard !line.isEmpty else { break }
            let halves = line.split(separator: ":", maxSplits: 1)
            headers.append(
                String(halves.first ?? ""),
                halves.count > 1 ? halves[1].trimmingCharacters(in: .whitespaces) : ""
            )
        }
        response = WireResponse(status: min(max(status, 100), 599), headers: headers, body: Data(rest))
    }

    private static func line(_ rest: inout Data) -> String {
        let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
        defer { rest = rest[min(end + 1, rest.endIndex)...] }
        return String(decoding: rest[..<end], as: UTF8.self)
    }
}
