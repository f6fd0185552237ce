import Foundation
import OAuthDialects

/// The system's transport with one promise broken.
final class BrokenTransport: WireTransport {
    enum Fault: String, CaseIterable, Sendable {
        case followsRedirects, replaysCookies, caches, sendsTwice, repeatsAfterFailure, readsAll, cutsOffUnseen
        case changesHeaders, dropsSecondHeader, dropsBrokenHeaders, throwsAt401, ignoresCancellation, ignoresTimeout
        case deniesArrival, printsURL, swallowsFailure, dropsQuery, lowercasesMethod
        case mergesTrailers, completesCuts, deniesArrivalOfCuts, returnsInterim, dropsTightFields, dropsOddStatus
        case failsOnOddRedirects, dropsChallengedBodies, claimsArrival, losesInCrowd, deniesInCrowd, inflatesAll, spins

        /// The clauses that catch it.
        var clauses: [String] {
            switch self {
            case .followsRedirects: ["No redirect"]
            case .replaysCookies: ["No cookie replay"]
            case .caches: ["Nothing is cached"]
            case .readsAll: ["Large bodies are cut off"]
            case .cutsOffUnseen: ["Large bodies are cut off", "Compressed bodies are cut off"]
            case .inflatesAll: ["Compressed bodies are cut off"]
            case .changesHeaders, .dropsSecondHeader, .dropsBrokenHeaders: ["Header bytes unchanged"]
            case .throwsAt401: ["A response at any status", "A 401 with any challenge is a response"]
            case .dropsChallengedBodies: ["A 401 with any challenge is a response"]
            case .ignoresCancellation: ["Cancellation", "Cancellation at every stage"]
            case .ignoresTimeout: ["Ends within its timeout"]
            case .printsURL, .swallowsFailure: ["Errors say whether the request may have arrived"]
            case .deniesArrival: ["Errors say whether the request may have arrived", "No request arrives twice"]
            case .completesCuts, .deniesArrivalOfCuts: ["A response that is cut is a failure"]
            case .mergesTrailers: ["Trailers are not headers"]
            case .returnsInterim: ["Interim responses are skipped"]
            case .dropsTightFields: ["Header fields in every valid form"]
            case .dropsOddStatus: ["Status lines in every valid form"]
            case .failsOnOddRedirects: ["A redirect to nowhere is returned"]
            case .claimsArrival: ["A failed handshake sends nothing"]
            case .losesInCrowd, .deniesInCrowd: ["A crowd is answered or not sent"]
            case .spins: ["Waiting takes no CPU"]
            case .sendsTwice: ["One exchange", "No request arrives twice", "A redirect to nowhere is returned"]
            case .repeatsAfterFailure:
                ["One exchange", "No request arrives twice", "A response that is cut is a failure"]
            case .dropsQuery, .lowercasesMethod: ["One exchange"]
            }
        }
    }

    private struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let fault: Fault
    private let base = SystemTransport.system
    private let cookie = Locked<String?>(nil)
    private let cached = Locked<[URL: WireResponse]>([:])
    private let count = Locked(0)

    init(_ fault: Fault) { self.fault = fault }

    func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse {
        let (request, limits) = (changed(request), changed(limits))
        if fault == .caches, let answer = cached.withLock({ $0[request.url] }) { return answer }
        try await misbehave(request, limits)
        if fault == .sendsTwice { _ = try? await base.send(request, limits) }
        do {
            return try await answer(to: request, limits)
        } catch {
            switch fault {
            case .repeatsAfterFailure: return try await base.send(request, limits)
            case .deniesArrival where !(error is CancellationError):
                throw WireFailure(.notConnected, mayHaveArrived: false)
            case .printsURL: throw Failure(description: "\(request.url.absoluteString) failed")
            case .deniesArrivalOfCuts where (error as? WireFailure)?.reason == .connectionLost:
                throw WireFailure(.connectionLost, mayHaveArrived: false)
            case .claimsArrival: throw WireFailure(.connectionLost, mayHaveArrived: true)
            case .completesCuts: return WireResponse(status: 200)
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
        case .mergesTrailers where response.headers["Trailer"] != nil: response.headers.append("X-Checksum", "1")
        case .returnsInterim where response.headers["X-Final"] != nil: response = WireResponse(status: 103)
        case .dropsTightFields: response.headers["X-Field"] = nil
        case .dropsOddStatus where response.headers["X-Field"] != nil: response.status = 200
        case .failsOnOddRedirects
        where response.headers["Location"].flatMap(URL.init) == nil && response.status / 100 == 3:
            throw Failure(description: "a redirect to nowhere")
        case .dropsChallengedBodies where response.status == 401: response.body = Data()
        case .cutsOffUnseen: response.isCutOff = false
        default: break
        }
        cookie.withLock { $0 = response.headers["Set-Cookie"] ?? $0 }
        if request.method == "GET" { cached.withLock { [response] in $0[request.url] = response } }
        return response
    }

    private func misbehave(_ request: WireRequest, _ limits: WireLimits) async throws {
        let number = count.withLock { count in
            count += 1
            return count
        }
        switch fault {
        case .losesInCrowd where number % 100 == 0: throw WireFailure(.timedOut, mayHaveArrived: true)
        case .deniesInCrowd where number % 100 == 0:
            _ = try await base.send(request, limits)
            throw WireFailure(.noConnectionFree, mayHaveArrived: false)
        case .spins:
            let end = ContinuousClock.now + limits.timeout
            for _ in 0..<4 { Thread.detachNewThread { while ContinuousClock.now < end {} } }
        default: break
        }
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
        if fault == .inflatesAll { limits.maximumBodyBytes = 1 << 26 }
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
