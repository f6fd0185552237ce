import Foundation
import OAuthDialects

/// A passing failure is never taken for the end of a session, and every reading comes out the same twice.
func readRefusal(_ bytes: Data) {
    let response = RawAnswer(bytes).response
    for dialect in Dialects.all {
        _ = dialect.isTokenRejection(response)
        guard let refusal = dialect.refusal(in: response) else {
            expect((200..<300).contains(response.status), "an answer that is no success is a refusal")
            continue
        }
        expect(refusal == dialect.refusal(in: response), "a refusal is read the same twice")
        expect(refusal.status == response.status, "a refusal has the answer's status")
        expect((refusal.code ?? "").utf8.count <= response.body.count, "a code comes out of the body")
        for exchange in (try? Dialects.exchanges()) ?? [] {
            let remedy = dialect.remedy(for: refusal, of: exchange)
            expect(remedy == dialect.remedy(for: refusal, of: exchange), "a remedy is the same twice")
            guard isPassing(response.status) else { continue }
            expect(remedy != .discardGrant, "a failure that passes costs nobody a sign-in")
            expect(remedy == .retryLater || !refusal.foldedCode.isEmpty, "a failure that passes is asked again later")
        }
    }
}

private func isPassing(_ status: Int) -> Bool { status >= 500 || status == 429 || status == 408 }
