import Foundation
import OAuthDialects
import Tracing

/// Makes a span of each exchange, with the token endpoint or the API, by the names of OpenTelemetry's HTTP conventions.
///
/// A caller's request becomes a child of the caller's span. Renewals belong to all who wait, and to none: their spans begin a
/// trace. No span holds a query, a header or a body.
public struct TracedTransport: WireTransport {
    private let base: any WireTransport
    private let provider: String
    private let tracer: any Tracer

    /// Makes a transport that sends by another one.
    public init(
        _ base: any WireTransport = SystemTransport.system,
        provider: String,
        tracer: any Tracer = InstrumentationSystem.tracer
    ) {
        self.base = base
        self.provider = provider
        self.tracer = tracer
    }

    public var waitsForConnections: Bool { base.waitsForConnections }

    public func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse {
        // Begun and ended by hand: no task-local value has to hold across the exchange.
        let span = tracer.startSpan("\(request.method) \(provider)", ofKind: .client)
        defer { span.end() }
        span.describe(request)
        span.attributes["oauth.provider"] = provider
        do {
            let response = try await base.send(request, limits)
            span.attributes["http.response.status_code"] = response.status
            if response.status >= 400 { span.setStatus(SpanStatus(code: .error)) }
            return response
        } catch {
            // Its domain and code; an error's own text may hold a URL.
            let safe = UnderlyingError(error)
            span.attributes["error.type"] = safe.domain
            span.recordError(safe)
            span.setStatus(SpanStatus(code: .error))
            throw error
        }
    }
}

extension Span {
    fileprivate func describe(_ request: WireRequest) {
        attributes["http.request.method"] = request.method
        attributes["url.path"] = request.url.path(percentEncoded: true)
        guard let scheme = request.url.scheme, let host = request.url.host() else { return }
        attributes["url.scheme"] = scheme
        attributes["server.address"] = host
        attributes["server.port"] = request.url.port ?? (scheme == "https" ? 443 : 80)
    }
}
