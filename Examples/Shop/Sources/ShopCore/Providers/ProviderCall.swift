import Foundation
import OAuthDialects
import OAuthProviders

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// A call to a provider's API; what became of it is one ``ProviderFailure`` or an answer.
struct ProviderCall: Sendable {
    private var request: URLRequest
    private let policy: RepeatPolicy?

    /// Creates a call that may take ten seconds or less after the session has a token, for which it may wait as long.
    init(
        _ method: String,
        _ url: URL,
        headers: [String: String] = [:],
        within seconds: TimeInterval = 10,
        repeating policy: RepeatPolicy? = nil
    ) {
        request = URLRequest(url: url, timeoutInterval: seconds)
        request.httpMethod = method
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        self.policy = policy
    }

    private var isSafe: Bool { request.httpMethod == "GET" }

    /// Sends the call.
    func answer<Answer: Decodable>(_ type: Answer.Type, by session: TokenSession) async throws(ProviderFailure)
        -> Answer
    {
        do { return try await session.json(type, for: request, repeating: policy) } catch {
            throw ProviderFailure(error, isSafe: isSafe)
        }
    }

    /// Sends the call with a JSON body.
    func answer<Answer: Decodable>(
        _ type: Answer.Type,
        to body: some Encodable,
        by session: TokenSession
    ) async throws(ProviderFailure) -> Answer {
        do { return try await session.json(type, for: request, body: body, repeating: policy) } catch {
            throw ProviderFailure(error, isSafe: isSafe)
        }
    }
}

extension ProviderFailure {
    /// What an error of a call says about the request.
    fileprivate init(_ error: any Error, isSafe: Bool) {
        switch error {
        case let error as APIError: self.init(error, isSafe: isSafe)
        case let error as TokenError:
            if error.action == .signIn {
                self = .notConnected
            } else if error.delivery == .unknown, !isSafe {
                self = .lost
            } else {
                self = .unavailable(until: error.retryAt)
            }
        default: self = isSafe ? .unavailable() : .lost
        }
    }

    private init(_ error: APIError, isSafe: Bool) {
        let isUncertain = error.status >= 500 || [408, 425].contains(error.status)
        if error.delivery == .unknown, !isSafe {
            // An attempt before the last one may have been processed.
            self = .lost
        } else if error.status == 429 {
            // A date without a wait tells a limit from another failure.
            self = .unavailable(until: error.retryAt ?? .distantPast)
        } else if error.delivery == .rejected {
            self = .unavailable()
        } else if error.decodingFailure != nil {
            self = .unreadable
        } else if isUncertain {
            self = isSafe ? .unavailable(until: error.retryAt) : .lost
        } else {
            self = .refused(error.code ?? "HTTP \(error.status)")
        }
    }
}
