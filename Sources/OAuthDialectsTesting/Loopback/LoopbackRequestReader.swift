internal import Foundation
internal import OAuthDialects

/// Reads the requests of a connection, one after another.
struct LoopbackRequestReader {
    enum Outcome {
        case request(WireRequest, keepsConnection: Bool)
        case refusal(status: Int)
        case end(byPeer: Bool)
    }

    private struct Head {
        var method: String
        var url: URL
        var headers: WireHeaders
        var isOld: Bool
    }

    private let socket: LoopbackSocket
    private let limits: LoopbackLimits
    private let origin: String
    private var buffer = Data()

    init(_ socket: LoopbackSocket, _ limits: LoopbackLimits, origin: String) {
        self.socket = socket
        self.limits = limits
        self.origin = origin
    }

    mutating func next() -> Outcome {
        if limits.isRaw { return raw() }
        let blank = Data("\r\n\r\n".utf8)
        var end = buffer.range(of: blank)
        while end == nil {
            guard buffer.count <= limits.maximumHeaderBytes else { return .refusal(status: 431) }
            if let ended = fill() { return ended }
            end = buffer.range(of: blank)
        }
        guard let end, buffer.distance(from: buffer.startIndex, to: end.lowerBound) <= limits.maximumHeaderBytes else {
            return .refusal(status: 431)
        }
        guard let head = head(in: buffer[..<end.lowerBound]) else { return .refusal(status: 400) }
        buffer = Data(buffer[end.upperBound...])
        return body(of: head)
    }

    private mutating func raw() -> Outcome {
        if let ended = fill() { return ended }
        defer { buffer = Data() }
        return .request(WireRequest("RAW", URL(string: origin)!, body: .bytes(buffer)), keepsConnection: true)
    }

    private mutating func body(of head: Head) -> Outcome {
        guard head.headers["Transfer-Encoding"] == nil else { return .refusal(status: 501) }
        let stated = head.headers["Content-Length"] ?? "0"
        guard let length = Int(stated), length >= 0 else { return .refusal(status: 400) }
        guard length <= limits.maximumBodyBytes else { return .refusal(status: 413) }
        if head.headers["Expect"] != nil { _ = socket.send(Data("HTTP/1.1 100 Continue\r\n\r\n".utf8)) }
        while buffer.count < length {
            if let ended = fill() { return ended }
        }
        let body: WireBody? = length == 0 ? nil : .bytes(Data(buffer.prefix(length)))
        buffer = Data(buffer.dropFirst(length))
        let closes = head.isOld || head.headers["Connection"]?.lowercased() == "close"
        let request = WireRequest(head.method, head.url, headers: head.headers, body: body)
        return .request(request, keepsConnection: !closes)
    }

    private mutating func fill() -> Outcome? {
        guard let bytes = socket.receive(within: limits.idleTimeout) else { return .end(byPeer: false) }
        guard !bytes.isEmpty else { return .end(byPeer: true) }
        buffer.append(bytes)
        return nil
    }

    private func head(in bytes: Data) -> Head? {
        var lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n")
        let start = lines.removeFirst().split(separator: " ", omittingEmptySubsequences: false)
        guard start.count == 3, start[2].hasPrefix("HTTP/1."), let url = url(of: start[1], start[0]) else { return nil }
        var headers = WireHeaders()
        for line in lines {
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            headers.append(String(line[..<colon]), value)
        }
        return Head(method: String(start[0]), url: url, headers: headers, isOld: start[2] == "HTTP/1.0")
    }

    /// A target with a scheme is a proxy request; the target of a `CONNECT` is a host and a port.
    private func url(of target: Substring, _ method: Substring) -> URL? {
        if method == "CONNECT" { return URL(string: "http://\(target)") }
        return target.hasPrefix("/")
            ? URL(string: origin + target) : target.contains("://") ? URL(string: String(target)) : nil
    }
}
