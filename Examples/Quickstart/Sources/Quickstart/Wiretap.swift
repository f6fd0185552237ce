import Foundation
import OAuthDialects

/// A transport that tells what goes through it; requests and answers print without their secrets by themselves.
struct Wiretap: WireTransport {
    let base: any WireTransport
    let dialect: any ProviderDialect
    let timeline: Timeline

    func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse {
        timeline.sent(Self.line(request))
        let start = ContinuousClock.now
        do {
            let response = try await base.send(request, limits)
            timeline.received(line(response, since: start), isGood: response.status < 400)
            return response
        } catch {
            timeline.received("\(error)", isGood: false)
            throw error
        }
    }

    /// `POST /v1/token  Basic <redacted>  {grantType=client_credentials}`
    private static func line(_ request: WireRequest) -> String {
        let scheme = request.headers["Authorization"]?.split(separator: " ").first.map { "\($0) <redacted>" }
        return ["\(request.method) \(request.url.path())", scheme, request.body?.description]
            .compactMap(\.self).joined(separator: "  ")
    }

    /// `200 in 3 ms, application/json, 412 bytes`, and what a refusal says.
    private func line(_ response: WireResponse, since start: ContinuousClock.Instant) -> String {
        let time = "\(Int((ContinuousClock.now - start) / .milliseconds(1))) ms"
        if let refusal = dialect.refusal(in: response), response.status != 401 || refusal.code != nil {
            let words = [refusal.code, refusal.message].compactMap(\.self).joined(separator: ": ")
            return "\(response.status) in \(time)  \(words.isEmpty ? type(of: response) : words)"
        }
        return "\(response.status) in \(time)  \(type(of: response)), \(response.body.count) bytes"
    }

    private func type(of response: WireResponse) -> String {
        response.headers["Content-Type"].map { String($0.prefix { $0 != ";" }) } ?? "no type"
    }
}
