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
        retryAt = retryAfter.map { answer.date.addingTimeInterval($0.wait(from: answer.date) / .seconds(1)) }
        requestID = answer.requestID
        action = answer.action
        request = answer.request.summary
        attempts = answer.attempts
    }
}

extension APIAnswer {
    private static let idHeaders = [
        "X-Request-Id", "Request-Id", "X-Correlation-Id", "Correlation-Id", "X-Amzn-RequestId", "X-Trace-Id", "CF-Ray",
    ]

    fileprivate var requestID: String? {
        let id = Self.idHeaders.lazy.compactMap { response.headers[$0] }.first { !$0.isEmpty }
        return id.map { ProviderText.clean(scrubber.scrub(String($0.prefix(128)))) }
    }

    fileprivate var delivery: TokenError.Delivery? {
        if mayHaveBeenProcessed, !isDefinite { return .unknown }
        if isTokenRejection { return .rejected }
        return isDefinite || response.status == 429 || response.status == 425 ? nil : .unknown
    }

    /// Whether the answer says that the request was not carried out.
    private var isDefinite: Bool {
        (400..<500).contains(response.status) && ![408, 409, 425, 429].contains(response.status) && !isTokenRejection
    }

    fileprivate var action: TokenError.Action {
        if delivery == .unknown, !request.isSafe { return .verify }
        switch response.status {
        case 408, 425, 429, 500...: return .retry
        case _ where isTokenRejection: return .alert
        case 402, 403: return .alert
        default: return .fix
        }
    }
}
