import Foundation
import OAuthDialects
import OAuthDialectsTesting

/// A record that is read is written and read again as the same, and a session takes it up without a fault.
func readRecord(_ bytes: Data) {
    guard let record = typed("reading a record", { try TokenRecord(bytes: bytes, for: StoredFields.key) }) else {
        return
    }
    guard let written = typed("writing a record", { try record.bytes(for: StoredFields.key) }),
        let again = typed("reading what was written", { try TokenRecord(bytes: written, for: StoredFields.key) })
    else { return expect(false, "a record that was read can be written") }
    expect(isSame(record, again), "a record is read as it was written")
    expectNoSecret(StoredFields(record)?.secrets ?? [], in: "\(record)", "a printed record")
    for identity in Dialects.identities {
        Conversation(record: record, identity: identity, answer: WireResponse(status: 503)).run()
    }
}

/// Compares dates to the second: they are stored as seconds since 1970 and kept as seconds since 2001.
private func isSame(_ one: TokenRecord, _ other: TokenRecord) -> Bool {
    guard let dates = StoredFields(one), let others = StoredFields(other),
        isNear(dates.requestedAt, others.requestedAt), isNear(dates.refreshTokenEndsAt, others.refreshTokenEndsAt),
        let fields = withoutDates(one), let otherFields = withoutDates(other)
    else { return false }
    return fields == otherFields
}

private func withoutDates(_ record: TokenRecord) -> NSDictionary? {
    guard let bytes = try? record.bytes(for: StoredFields.key),
        let object = try? JSONSerialization.jsonObject(with: bytes), var fields = object as? [String: Any]
    else { return nil }
    fields["requestedAt"] = nil
    fields["refreshTokenEndsAt"] = nil
    return NSDictionary(dictionary: fields)
}

private func isNear(_ one: Double?, _ other: Double?) -> Bool {
    guard let one, let other else { return (one == nil) == (other == nil) }
    return abs(one - other) <= max(1, abs(one) * 1e-9)
}
