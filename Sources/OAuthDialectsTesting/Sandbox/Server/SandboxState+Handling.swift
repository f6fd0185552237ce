internal import Foundation
internal import OAuthDialects

/// How the sandbox replies to a request.
enum SandboxReply: Sendable {
    case response(WireResponse, SandboxDelivery)

    /// The app's own route responds, outside the lock; `entry` is the number of the transcript entry to complete.
    case route(SandboxHandler, entry: Int, SandboxDelivery)

    case refused
    case reset
    case lost
    case hang
}

/// What the transcript says about a request.
struct SandboxReport {
    var outcome = ""
    var complaints: [String] = []
}

extension SandboxState {
    /// Applies the next fault, checks the request, and replies; counts and records the result.
    mutating func handle(_ request: WireRequest, now: SessionInstant, date: Date) -> SandboxReply {
        self.date = date
        let reading = SandboxReading(request, rules)
        let isToken = isTokenRequest(reading)
        count(reading, isToken: isToken)
        entries += 1
        var entry = SandboxEntry(
            number: entries,
            date: date,
            request: SandboxShown(clients).text(of: reading, rules),
            status: nil,
            outcome: "",
            complaints: []
        )
        var report = SandboxReport()
        let fault = faults.next(at: isToken ? .tokenEndpoints : .api)
        let reply = reply(to: reading, isToken: isToken, fault, now, &report)
        if case .response(let response, _) = reply { entry.status = response.status }
        if !report.complaints.isEmpty { counters.misuses += 1 }
        entry.outcome = report.outcome
        entry.complaints = report.complaints
        record(entry)
        return reply
    }

    private mutating func reply(
        to reading: SandboxReading,
        isToken: Bool,
        _ fault: SandboxFault?,
        _ now: SessionInstant,
        _ report: inout SandboxReport
    ) -> SandboxReply {
        guard let fault else { return process(reading, isToken: isToken, now, &report) }
        counters.faults += 1
        defer { report.outcome += (report.outcome.isEmpty ? "" : " ") + "Fault: \(fault.description)." }
        switch fault.kind {
        case .refuse:
            return .refused
        case .reset:
            return .reset
        case .hang:
            return .hang
        case .lose:
            switch process(reading, isToken: isToken, now, &report) {
            case .route(let handler, let entry, _): return .route(handler, entry: entry, .lost)
            default: return .lost
            }
        case .deliver(let delivery):
            switch process(reading, isToken: isToken, now, &report) {
            case .response(let response, _): return .response(response, delivery)
            case .route(let handler, let entry, _): return .route(handler, entry: entry, delivery)
            case let reply: return reply
            }
        case .response(let response):
            return .response(response, .whole)
        case .status(let kind, let status, let retryAfter):
            var response = refusal(SandboxRefusal(kind, "The sandbox was told to fail."), isToken: isToken)
            if let status { response.status = status }
            if let retryAfter { response.headers["Retry-After"] = "\(retryAfter.components.seconds)" }
            return .response(response, .whole)
        }
    }

    private mutating func process(
        _ reading: SandboxReading,
        isToken: Bool,
        _ now: SessionInstant,
        _ report: inout SandboxReport
    ) -> SandboxReply {
        do throws(SandboxRefusal) {
            if isToken, isRevocation(reading) {
                try revoke(reading, &report)
                return .response(WireResponse(status: 200), .whole)
            }
            if isToken {
                let issue = try issue(for: reading, at: now, &report)
                counters.tokensIssued += 1
                report.outcome += " The access token expires in \(issue.lifetime) s."
                return .response(tokens(rules.answer(issue)), .whole)
            }
            try authorize(reading, at: now)
            try object(to: reading)
            let route = try route(for: reading)
            report.outcome = "The token is valid."
            return .route(route.handler, entry: entries, .whole)
        } catch {
            if isToken { counters.tokenRefusals += 1 }
            report.outcome = error.isMisuse ? "Refused." : "Refused: \(error.words)"
            if error.isMisuse { report.complaints.append(error.words) }
            let response = refusal(error, isToken: isToken, at: reading.path)
            if !isToken, [.missingToken, .invalidToken, .expiredToken].contains(error.kind) {
                counters.rejections += 1
            }
            return .response(response, .whole)
        }
    }

    private func tokens(_ answer: JSONValue) -> WireResponse {
        var response = WireResponse.json(200, answer)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Pragma"] = "no-cache"
        if rules.statesDate { response.headers["Date"] = SandboxText.httpDate(date) }
        return response
    }

    /// An error response in the provider's format.
    private func refusal(_ refusal: SandboxRefusal, isToken: Bool, at path: String = "") -> WireResponse {
        let wording = rules.wording(refusal.kind)
        let body = (isToken ? rules.tokenError : rules.resourceError)(wording, refusal.words)
        var response = WireResponse.json(wording.status, body)
        guard [401, 405].contains(response.status) else { return response }
        switch refusal.kind {
        case .methodNotAllowed: response.headers["Allow"] = isToken ? rules.method(at: path) : nil
        case .invalidClient where rules.asksForBasic: response.headers["WWW-Authenticate"] = #"Basic realm="token""#
        case .missingToken: response.headers["WWW-Authenticate"] = "Bearer"
        case .invalidToken, .expiredToken:
            response.headers["WWW-Authenticate"] =
                #"Bearer error="invalid_token", error_description="\#(refusal.words)""#
        default: break
        }
        return response
    }

    /// Whether a request is meant for a token endpoint, even if its path is wrong.
    private func isTokenRequest(_ reading: SandboxReading) -> Bool {
        if routes.contains(where: { $0.path == reading.path }) { return false }
        if rules.tokenPaths[reading.path] != nil || isRevocation(reading) { return true }
        if routes.contains(where: { $0.covers(reading.path) }) { return false }
        let isBasic = reading.authorization?.hasPrefix("Basic ") ?? false
        return isBasic || SandboxRules.allTokenPaths.contains(reading.path)
            || reading.fields.contains { ["grant_type", "grantType"].contains($0.name) }
    }

    private mutating func count(_ reading: SandboxReading, isToken: Bool) {
        guard isToken else {
            counters.resourceRequests += 1
            return
        }
        if isRevocation(reading) {
            counters.revocationRequests += 1
            return
        }
        counters.tokenRequests += 1
        let grant = reading.grant(rules) ?? "?"
        let isKnown = rules.tokenPaths.values.contains { $0.contains(grant) }
        counters.tokenRequestsByGrant[isKnown ? grant : "?", default: 0] += 1
    }
}
