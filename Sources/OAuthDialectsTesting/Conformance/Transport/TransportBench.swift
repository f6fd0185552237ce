internal import Foundation
internal import OAuthDialects

/// The fixture of the transport's checks.
struct TransportBench: Sendable {
    static let secrets: [Secret] = ["conformance-header-secret", "conformance-query-secret"]

    let transport: any WireTransport

    init(_ transport: any WireTransport) {
        self.transport = transport
    }

    /// Runs a check against a server.
    func served<Result: Sendable>(
        host: String = "127.0.0.1",
        limits: LoopbackLimits = .standard,
        _ script: @escaping LoopbackScript,
        _ body: @Sendable (URL, LoopbackServer) async throws -> Result
    ) async throws -> Result {
        let server = try await LoopbackServer.scripted(host: host, limits: limits, script: script)
        do {
            let result = try await body(server.url, server)
            await server.stop()
            return result
        } catch {
            await server.stop()
            throw error
        }
    }

    func request(_ method: String, _ url: URL) -> WireRequest {
        let carries = ["POST", "PUT"].contains(method)
        let headers: WireHeaders = ["Authorization": "Basic \(Self.secrets[0].revealed)"]
        return WireRequest(method, url, headers: headers, body: carries ? .form([WireField("a", "b")]) : nil)
    }

    /// The error of a request that should fail.
    func failure(_ request: WireRequest, _ limits: WireLimits) async throws -> any Error {
        do {
            return AnswerInstead(response: try await transport.send(request, limits))
        } catch {
            return error
        }
    }

    /// The difference between an error and a failure that says whether the request may have arrived.
    func deviation(of error: any Error, mayHaveArrived: Bool) -> String? {
        guard let failure = error as? WireFailure else { return "\(error)" }
        guard failure.mayHaveArrived != mayHaveArrived else { return nil }
        return "\(failure.reason), may have arrived: \(failure.mayHaveArrived)"
    }
}

/// A response that arrived instead of an error.
struct AnswerInstead: Error, CustomStringConvertible {
    let response: WireResponse
    var description: String { "a response: \(response)" }
}

extension WireLimits {
    static let conformance = Self(maximumBodyBytes: 1024 * 1024, timeout: .seconds(15))
}
