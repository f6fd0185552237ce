import Foundation
import OAuthDialects
import Testing

struct TokenErrorTests {
    @Test func `A description says what happened, what to do and when it is tried again`() {
        let error = TokenError(.refused, "It said no.", hint: "Ask nicely.", retryAt: Sample.date)
        #expect(error.description == "refused: It said no. Ask nicely. Next attempt at 2023-11-14T22:13:20Z.")
        #expect(error.errorDescription == "It said no.")
        #expect(error.recoverySuggestion == "Ask nicely.")
        #expect(error.localizedDescription == "It said no.")
    }

    @Test func `A code is compared by kind`() {
        #expect(TokenError.Code.refused != .unavailable)
        #expect(TokenError.Code.signInRequired.description == "signInRequired")
    }

    @Test func `An error from below keeps its domain and code and loses its URL`() throws {
        let url = try Sample.url("https://api.example/?access_token=canary-in-url")
        let keys = [NSURLErrorFailingURLErrorKey, "NSErrorFailingURLStringKey"]
        let info = Dictionary(uniqueKeysWithValues: keys.map { ($0, url.absoluteString as Any) })
        let below = URLError(.timedOut, userInfo: info.merging([NSURLErrorFailingURLErrorKey: url]) { $1 })
        let kept = UnderlyingError(below)
        #expect(kept == UnderlyingError(URLError(.timedOut)))
        #expect(kept.domain == NSURLErrorDomain)
        #expect(kept.code == URLError.Code.timedOut.rawValue)
        #expect(kept.message == "timed out")
        let failure = WireFailure(.timedOut, mayHaveArrived: true, underlying: below)
        for printed in [Printed(kept), Printed(failure), Printed(TokenError(.unavailable, "x", underlying: kept))] {
            printed.lacks(["canary-in-url"])
        }
    }

    @Test func `Of an error that is not known only its type is kept`() {
        struct Leaky: Error, CustomStringConvertible {
            var description: String { "canary-in-error" }
        }
        let foreign = NSError(domain: "Foreign", code: 7, userInfo: [NSLocalizedDescriptionKey: "canary-in-info"])
        Printed(UnderlyingError(Leaky())).lacks(["canary-in-error"])
        Printed(UnderlyingError(foreign)).lacks(["canary-in-info"])
        #expect(UnderlyingError(foreign).domain == "Foreign")
        #expect(UnderlyingError(foreign).code == 7)
        #expect(UnderlyingError(Leaky()).message == "Leaky")
    }

    @Test func `A failure says whether the request may have arrived`() {
        let lost = WireFailure(.connectionLost, mayHaveArrived: true, underlying: URLError(.networkConnectionLost))
        #expect(lost.mayHaveArrived)
        #expect(lost.description.contains("the connection was lost"))
        #expect(UnderlyingError(lost) == UnderlyingError(URLError(.networkConnectionLost)))
        #expect(UnderlyingError(WireFailure(.notHTTP, mayHaveArrived: true)).message == "The answer was not HTTP.")
    }
}

/// What to do about an error, by its code, whether it is transient, and what became of the request.
struct TokenErrorActionTests {
    static let codes: [(TokenError.Code, TokenError.Action)] = [
        (.signInRequired, .signIn), (.signedOut, .signIn), (.signInDeclined, .signIn), (.signInExpired, .signIn),
        (.invalidCallback, .signIn), (.refused, .alert), (.invalidCredentials, .alert), (.redirected, .alert),
        (.unreadableAnswer, .alert), (.storeFailed, .alert), (.requestFailed, .alert), (.untrustedHost, .fix),
        (.insecureEndpoint, .fix), (.invalidRequest, .fix), (.unsupportedGrant, .fix), (.answerTooLarge, .fix),
    ]

    @Test(arguments: codes)
    func `A code has an action`(_ code: TokenError.Code, _ action: TokenError.Action) {
        #expect(TokenError(code, "").action == action)
        #expect(TokenError(code, "", isTransient: true).action == .retry)
        #expect(TokenError(code, "", delivery: .unknown).action == .verify)
        #expect(TokenError(code, "", delivery: .notSent).action == action)
        #expect(TokenError(code, "", isTransient: true, delivery: .rejected).action == .retry)
    }

    @Test func `They print their names`() {
        #expect("\(TokenError.Delivery.notSent) \(TokenError.Action.verify)" == "notSent verify")
        #expect(TokenError(.refused, "").delivery == nil)
    }
}
