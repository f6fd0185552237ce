import Foundation
import OAuthDialects
import Synchronization

/// A transport that shows what goes through it; requests and answers print without their secrets.
final class Wiretap: WireTransport {
    private let base: any WireTransport
    private let dialect: any ProviderDialect
    private let timeline: Timeline
    private let count = Mutex(0)

    init(_ base: any WireTransport, _ dialect: any ProviderDialect, _ timeline: Timeline) {
        self.base = base
        self.dialect = dialect
        self.timeline = timeline
    }

    var waitsForConnections: Bool { base.waitsForConnections }

    func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse {
        let number = count.withLock { count in
            count += 1
            return count
        }
        timeline.sent(line(request), number)
        let start = ContinuousClock.now
        do {
            let response = try await base.send(request, limits)
            timeline.received(line(response, since: start), number, isGood: response.status < 400)
            return response
        } catch {
            timeline.received("\(error)", number, isGood: false)
            throw error
        }
    }

    /// The request, such as `POST /v1/token Basic <redacted> {grantType=client_credentials}`.
    private func line(_ request: WireRequest) -> String {
        let scheme = request.headers["Authorization"]?.split(separator: " ").first.map { "\($0) <redacted>" }
        return ["\(request.method) \(request.url.path())", scheme, request.body?.description]
            .compactMap(\.self).joined(separator: " ")
    }

    /// The answer, or what a refusal says; the sandbox echoes no secrets.
    private func line(_ response: WireResponse, since start: ContinuousClock.Instant) -> String {
        let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
        let refusal = dialect.refusal(in: response)
        let words = [refusal?.code, refusal?.message].compactMap(\.self).joined(separator: ": ")
        let type = response.headers["Content-Type"].map { String($0.prefix { $0 != ";" }) } ?? "no type"
        let text = words.isEmpty ? "\(type), \(response.body.count) bytes" : words
        return "\(response.status) in \(String(format: "%.1f", milliseconds)) ms, \(text)"
    }
}
