import Foundation
import InMemoryTracing
import Testing
import Tracing

@Suite struct WebTracingTests {
    /// A process has one.
    private static let tracer: InMemoryTracer = {
        let tracer = InMemoryTracer()
        InstrumentationSystem.bootstrap(tracer)
        return tracer
    }()

    @Test func `A request is a span without the code of a sign-in`() async throws {
        let (tracer, mark) = (Self.tracer, UUID().uuidString)
        let site = try WebTestSite(embedded: true)
        try await site.run(live: true) { browser async throws in
            _ = try await browser.get("/callback/tiki?state=st4te&code=c0de&mark=\(mark)")
        }
        let spans = tracer.finishedSpans.map { span in
            (span, span.attributes.get("url.query").map { "\($0)" } ?? "")
        }
        let (span, query) = try #require(spans.first { $0.1.contains(mark) })
        #expect(span.kind == .server)
        #expect(span.operationName == "/callback/{provider}")
        #expect(!query.contains("st4te") && !query.contains("c0de"))
    }
}
