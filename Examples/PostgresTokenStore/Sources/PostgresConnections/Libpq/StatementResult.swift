import CLibPQ
import Foundation

/// The result of a statement: its rows, or why there are none.
struct StatementResult {
    let rows: [Row]
    let failure: PostgresError?

    /// Reads libpq's result, and frees it.
    init(_ result: OpaquePointer) {
        defer { PQclear(result) }
        switch PQresultStatus(result) {
        case PGRES_TUPLES_OK:
            rows = (0..<PQntuples(result)).map { row in
                Row(columns: (0..<PQnfields(result)).map { Self.value(of: result, row, $0) })
            }
            failure = nil
        case PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
            rows = []
            failure = nil
        default:
            rows = []
            let state = Self.field(.state, of: result)
            // A result without a code comes from libpq: the connection was lost.
            failure = PostgresError(
                state == nil ? .connectionFailed : .refused,
                state: state,
                Self.field(.message, of: result) ?? "The connection to the server was lost."
            )
        }
    }

    private static func value(of result: OpaquePointer, _ row: Int32, _ column: Int32) -> Data? {
        guard PQgetisnull(result, row, column) == 0, let start = PQgetvalue(result, row, column) else { return nil }
        return Data(bytes: start, count: Int(PQgetlength(result, row, column)))
    }

    private static func field(_ field: Field, of result: OpaquePointer) -> String? {
        PQresultErrorField(result, Int32(field.rawValue.value)).map { String(cString: $0) }
    }

    /// The macros of `postgres_ext.h`, which Swift does not import.
    private enum Field: UnicodeScalar {
        case state = "C"
        case message = "M"
    }
}
