import Foundation
import OAuthDialects

/// The system's transport with one promise broken.
final class BrokenTransport: WireTransport {
    enum Fault: String, CaseIterable, Sendable {
        case followsRedirects, replaysCookies, caches, sendsTwice, repeatsAfterFailure, readsAll, cutsOffUnseen
        case changesHeaders, dropsSecondHeader, dropsBrokenHeaders, throwsAt401, ignoresCancellation, ignoresTimeout
        case deniesArrival, printsURL, swallowsFailure, dropsQuery, lowercasesMethod

        var clause: String {
            switch self {
            case .followsRedirects: "No redirect"
            case .replaysCookies: "No cookie replay"
            case .caches: "Nothing is cached"
            case .readsAll, .cutsOffUnseen: "Large bodies are cut off"
            case .changesHeaders, .dropsSecondHeader, .dropsBrokenHeaders: "Header bytes unchanged"
            case .throwsAt401: "A response at any status"
            case .ignoresCancellation: "Cancellation"
            case .ignoresTimeout: "Ends within its timeout"
            case .deniesArrival, .printsURL, .swallowsFailure: "Errors say whether the request may have arrived"
            default: "One exchange"
            }
        }
    }

    private struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let fault: Fault
    private let base = URLSessionTransport.straight()
    private let cookie = Locked<String?>(nil)
    private let cached = Locked<[URL: WireResponse]>([:])

    init(_ fault: Fault) { self.fault = fault }

    func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse {
        let (request, limits) = (changed(request), changed(limits))
        if fault == .caches, let answer = cached.withLock({ $0[request.url] }) { return answer }
        if fault == .sendsTwice { _ = try? await base.send(request, limits) }
        do {
            return try await answer(to: request, limits)
        } catch {
            switch fault {
            case .repeatsAfterFailure: return try await base.send(request, limits)
            case .deniesArrival where !(error is CancellationError):
                throw WireFailure(.notConnected, mayHaveArrived: false)
            case .printsURL: throw Failure(description: "\(request.url.absoluteString) failed")
            case .swallowsFailure: return WireResponse(status: 502)
            default: throw error
            }
        }
    }

    private func answer(to request: WireRequest, _ limits: WireLimits) async throws -> WireResponse {
        if fault == .ignoresCancellation {
            return try await Task.detached { [base] in try await base.send(request, limits) }.value
        }
        var response = try await base.send(request, limits)
        switch fault {
        case .followsRedirects:
            if let location = response.headers["Location"].flatMap(URL.init) {
                response = try await base.send(WireRequest("GET", location, headers: request.headers), limits)
            }
        case .throwsAt401 where response.status == 401: throw Failure(description: "401")
        case .cutsOffUnseen: response.isCutOff = false
        default: break
        }
        cookie.withLock { $0 = response.headers["Set-Cookie"] ?? $0 }
        if request.method == "GET" { cached.withLock { [response] in $0[request.url] = response } }
        return response
    }

    private func changed(_ request: WireRequest) -> WireRequest {
        var request = request
        switch fault {
        case .changesHeaders:
            request.headers["X-Value-1"] = request.headers["X-Value-1"]?.replacingOccurrences(of: "  ", with: " ")
        case .dropsSecondHeader:
            request.headers["X-Twice"] = request.headers["X-Twice"]
        case .dropsBrokenHeaders:
            for (name, value) in request.headers.fields
            where name.isEmpty || name.contains(" ") || value.utf8.contains(where: { $0 < 0x20 && $0 != 9 }) {
                request.headers[name] = nil
            }
        case .replaysCookies: request.headers["Cookie"] = cookie.withLock { $0 }
        case .dropsQuery: request.url.replace(query: nil)
        case .lowercasesMethod: request.method = request.method == "DELETE" ? "PUT" : request.method
        default: break
        }
        return request
    }

    private func changed(_ limits: WireLimits) -> WireLimits {
        var limits = limits
        if fault == .readsAll { limits.maximumBodyBytes = 1 << 30 }
        if fault == .ignoresTimeout { limits.timeout = .seconds(60) }
        return limits
    }
}

extension URL {
    fileprivate mutating func replace(query: String?) {
        guard var components = URLComponents(url: self, resolvingAgainstBaseURL: true) else { return }
        components.percentEncodedQuery = query
        self = components.url ?? self
    }
}
