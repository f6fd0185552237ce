internal import Foundation
internal import OAuthDialects

extension SandboxState {
    /// The response to a browser at the authorization endpoint: the consent page, or the redirect after the user's decision.
    mutating func browse(_ request: WireRequest, now: SessionInstant, date: Date) -> WireResponse {
        switch request.method {
        case "GET": return page(for: request.url, date: date)
        case "POST": return answer(request, now: now, date: date)
        default:
            var response = ConsentPage.stop("This page is for browsers.", at: rules.title, status: 405)
            response.headers["Allow"] = "GET, POST"
            return response
        }
    }

    private mutating func page(for url: URL, date: Date) -> WireResponse {
        var complaints: [String] = []
        switch wish(in: url, &complaints) {
        case .wish(let wish):
            note(200, "The sandbox showed the consent page.", complaints, date)
            return ConsentPage.ask(wish, at: rules.title)
        case .visit(let visit, let outcome):
            note(visit, outcome, complaints, date)
            return response(to: visit)
        }
    }

    private mutating func answer(_ request: WireRequest, now: SessionInstant, date: Date) -> WireResponse {
        guard let consent = consent(in: request.body?.data ?? Data()) else {
            return ConsentPage.stop("The form contains no valid decision.", at: rules.title, status: 400)
        }
        return response(to: self.consent(to: request.url, consent, now: now, date: date))
    }

    /// The user's decision in the submitted form.
    private func consent(in body: Data) -> SandboxConsent? {
        let fields = String(decoding: body, as: UTF8.self).split(separator: "&").compactMap { pair in
            let halves = pair.split(separator: "=", maxSplits: 1).map { FormDecoding.decode($0) }
            return halves.count == 2 ? (name: halves[0], value: halves[1]) : nil
        }
        switch fields.first(where: { $0.name == "decision" })?.value {
        case "allow": return .grantOnly(fields.filter { $0.name == "scope" }.compactMap(\.value))
        case "deny": return .decline
        default: return nil
        }
    }

    private func response(to visit: SandboxVisit) -> WireResponse {
        switch visit {
        // 303, so that the browser does not send the form to the client (RFC 9700, section 4.12).
        case .back(let url):
            WireResponse(status: 303, headers: ["Location": url.absoluteString, "Cache-Control": "no-store"])
        case .page(let words): ConsentPage.stop(words, at: rules.title, status: 400)
        }
    }
}
