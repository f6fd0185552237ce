#if PostgreSQL
import PostgresConnections
import ShopCore

/// What keeps the shop from its database, for the person who runs it; the buyer gets a ``ShopError``.
public struct DatabaseError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What happened.
    public let message: String

    /// What to do about it.
    public let hint: String?

    /// Whether it may pass by itself.
    public let isTransient: Bool

    init(_ message: String, hint: String?, isTransient: Bool = false) {
        self.message = message
        self.hint = hint
        self.isTransient = isTransient
    }

    init(_ error: PostgresError) {
        switch error.state {
        case "42P01", "3F000", "42703", "42804": self = .outdated("\(error)")
        case "42501":
            self.init(
                "The database role may not use the shop's tables: \(error).",
                hint: "As their owner, GRANT SELECT, INSERT, UPDATE, DELETE ON \(ShopSchema.tables) to the role."
            )
        case "28P01", "28000", "3D000":
            self.init(
                "The shop's database rejected the login: \(error).",
                hint: "Check database, user, and password in DATABASE_URL, and the server's pg_hba.conf."
            )
        case "25006":
            self.init(
                "The shop's database is read-only: \(error).",
                hint: "Connect to the primary: add target_session_attrs=read-write to DATABASE_URL.",
                isTransient: true
            )
        default:
            self.init(
                "The shop's database failed: \(error)",
                hint: error.code == .refused ? nil : "Check that the server is running and that DATABASE_URL is right.",
                isTransient: error.isTransient
            )
        }
    }

    public var description: String { hint.map { "\(message) \($0)" } ?? message }

    static func outdated(_ said: String) -> DatabaseError {
        DatabaseError("The shop's tables do not exist or are older: \(said).", hint: "Apply the migration.")
    }

    static func newer(_ version: Int) -> DatabaseError {
        DatabaseError(
            "The shop's tables have version \(version); this program supports \(ShopSchema.version).",
            hint: "Update every process of the shop."
        )
    }

    static func unreadable(_ id: Order.ID) -> DatabaseError {
        DatabaseError(
            "The order \(id) can't be read; it was left as it is.",
            hint: "A newer version of the shop may have written it. Inspect its row in shop_orders."
        )
    }
}
#endif
