import Foundation
import OAuthDialects
import Synchronization

/// Gives every request the same answer.
struct OneAnswer: WireTransport {
    private let answer: WireResponse

    init(_ answer: WireResponse) {
        self.answer = answer
    }

    func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse { answer }
}

/// Holds a record under whatever key is asked for.
final class OneRecord: TokenStore {
    private let held: Mutex<TokenRecord?>

    init(_ record: TokenRecord?) {
        held = Mutex(record)
    }

    func record(for key: SessionKey) async throws -> TokenRecord? { held.withLock { $0 } }

    func update(_ key: SessionKey, _ body: StoreUpdate.Body) async throws {
        try await body(StoreUpdate(record: held.withLock { $0 }) { record in self.held.withLock { $0 = record } })
    }
}

/// What a session said.
final class Said: Sendable {
    private let lines = Mutex<[String]>([])

    func add(_ line: String) { lines.withLock { $0.append(line) } }

    var text: String { lines.withLock { $0.joined(separator: "\n") } }
}

/// The error of a session.
final class Failure: Sendable {
    private let held = Mutex<TokenError?>(nil)

    func set(_ error: TokenError?) { held.withLock { $0 = error } }

    var error: TokenError? { held.withLock { $0 } }
}
