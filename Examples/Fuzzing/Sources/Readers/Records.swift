import Foundation
import OAuthDialects
import OAuthDialectsTesting

/// A record that is read is written and read again as the same, and a session takes it up without a fault.
func readRecord(_ bytes: Data) {
    guard let record = typed("reading a record", { try TokenRecord(bytes: bytes) }) else { return }
    guard let written = typed("writing a record", { try record.bytes }),
        let again = typed("reading what was written", { try TokenRecord(bytes: written) })
    else { return expect(false, "a record that was read can be written") }
    expect(isSame(record, again), "a record is read as it was written")
    let tokens = [record.accessToken, record.refreshToken?.value, record.idToken].compactMap { $0?.revealed }
    expectNoSecret(tokens.filter { $0.utf8.count > 24 }, in: "\(record)", "a printed record")
    for identity in Dialects.identities {
        Conversation(record: record, identity: identity, answer: WireResponse(status: 503)).run()
    }
}

/// Dates to the second: they are stored as seconds since 1970 and kept as seconds since 2001.
private func isSame(_ one: TokenRecord, _ other: TokenRecord) -> Bool {
    var other = other
    guard isNear(one.requestedAt, other.requestedAt), isNear(one.refreshTokenEndsAt, other.refreshTokenEndsAt) else {
        return false
    }
    other.requestedAt = one.requestedAt
    other.refreshTokenEndsAt = one.refreshTokenEndsAt
    return one == other
}

private func isNear(_ one: Date?, _ other: Date?) -> Bool {
    guard let one = one?.timeIntervalSince1970, let other = other?.timeIntervalSince1970 else {
        return (one == nil) == (other == nil)
    }
    return abs(one - other) <= max(1, abs(one) * 1e-9)
}
