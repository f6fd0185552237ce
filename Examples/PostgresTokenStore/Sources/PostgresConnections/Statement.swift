public import Foundation

/// A statement and its values, which are sent separately.
public struct Statement: Sendable, Hashable {
    /// A value of a statement.
    ///
    /// It has no type of its own: the statement casts it, as in `$1::text::bigint` or `$2::bytea`.
    public enum Value: Sendable, Hashable {
        /// Text, for `$1::text` or a cast of that.
        case text(String)

        /// Bytes, for `$1::bytea`.
        case bytes(Data)

        /// SQL's `NULL`.
        case null

        var data: Data? {
            switch self {
            case .text(let text): Data(text.utf8)
            case .bytes(let bytes): bytes
            case .null: nil
            }
        }
    }

    /// The SQL, with `$1`, `$2` and so on for the values.
    public let text: String

    /// The values, in order.
    public let values: [Value]

    /// Creates a statement.
    public init(_ text: String, _ values: [Value] = []) {
        self.text = text
        self.values = values
    }
}
