public import Foundation

/// A row of a result; its columns are in PostgreSQL's binary format, in which `text` is UTF-8 and `bytea` is itself.
public struct Row: Sendable, Hashable {
    let columns: [Data?]

    /// The bytes of a column, counted from zero; `nil` for `NULL` or if there is no such column.
    public func bytes(_ column: Int) -> Data? {
        columns.indices.contains(column) ? columns[column] : nil
    }

    /// The text of a column, counted from zero, which the statement has cast to `text`; `nil` as in ``bytes(_:)``.
    public func text(_ column: Int) -> String? {
        bytes(column).map { String(decoding: $0, as: UTF8.self) }
    }
}
