public import Foundation

/// An HTTP answer, which prints as its status, media type and size alone and is not `Codable`.
public struct WireResponse: Sendable {
    /// The HTTP status.
    public var status: Int

    /// The header fields.
    public var headers: WireHeaders

    /// What arrived of the body, up to the limit.
    public var body: Data

    /// Whether the body went on beyond the limit and was cut off.
    public var isCutOff: Bool

    /// Makes an answer.
    public init(status: Int, headers: WireHeaders = [:], body: Data = Data(), isCutOff: Bool = false) {
        self.status = status
        self.headers = headers
        self.body = body
        self.isCutOff = isCutOff
    }
}

extension WireResponse: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String {
        let type = headers["Content-Type"].map { ", " + WireHeaders.shown("Content-Type", $0) } ?? ""
        return "HTTP \(status)\(type), \(body.count) bytes\(isCutOff ? " (cut off)" : "")"
    }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["response": description]) }
}
