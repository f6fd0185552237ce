import Foundation
import OAuthDialects

/// A wait is never negative, and a session never waits longer than its policy says.
func readRetryAfter(_ bytes: Data) {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    var headers: WireHeaders = ["Retry-After": String(lines[0])]
    if lines.count > 1 { headers["Date"] = String(lines[1]) }
    let response = WireResponse(status: 503, headers: headers)
    guard let retryAfter = Dialects.all[0].refusal(in: response)?.retryAfter else { return }
    if case .delay(let delay) = retryAfter {
        expect(delay >= .zero && delay <= .seconds(Int64(Int32.max)), "a wait is none or up to 68 years")
    }
    Conversation(record: nil, identity: .client(), answer: response).run()
}
