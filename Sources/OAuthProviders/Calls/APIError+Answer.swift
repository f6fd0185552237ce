#if URLSession
internal import Foundation
internal import OAuthDialects

extension APIError {
    /// The error that an answer amounts to.
    init(_ answer: APIAnswer, decodingFailure: String? = nil) {
        status = answer.response.status
        code = answer.refusal?.code
        message = answer.refusal?.message
        // A success with a refusal in it is a refusal: it was never meant to be decoded.
        self.decodingFailure = answer.refusal == nil ? decodingFailure : nil
        delivery = answer.delivery
        let retryAfter = answer.refusal?.retryAfter ?? RetryAfterReader.read(answer.response.headers)
        retryAt =
            retryAfter.map { answer.date.addingTimeInterval($0.wait(from: answer.date) / .seconds(1)) }
            ?? answer.renewsAt
        requestID = answer.requestID
        action = answer.action
        request = answer.request.summary
        attempts = answer.attempts
    }
}

extension APIAnswer {
    fileprivate var requestID: String? {
        let id = RequestIDs.headers.lazy.compactMap { response.headers[$0] }.first { !$0.isEmpty }
        return id.map { ProviderText.clean(scrubber.scrub(String($0.prefix(128)))) }
    }

    fileprivate var delivery: TokenError.Delivery? {
        if mayHaveBeenProcessed { return .unknown }
        if isTokenRejection { return .rejected }
        // A conflict and a request that arrived too slowly may be answers to what was carried out in part.
        return (400..<500).contains(response.status) && ![408, 409].contains(response.status) ? nil : .unknown
    }

    fileprivate var action: TokenError.Action {
        if delivery == .unknown, !request.isSafe { return .verify }
        if isTokenRejection { return renewsAt == nil ? .alert : .retry }
        switch response.status {
        case 408, 425, 429, 500...: return .retry
        case 402, 403: return .alert
        default: return .fix
        }
    }
}
#endif
