import OAuthDialects
import PostgresConnections

/// The errors of the store; each hint says what to do.
enum PostgresFault {
    static func failed(_ error: PostgresError) -> TokenError {
        switch error.code {
        case .unreadableAddress: unreadableAddress
        case .poolBusy: poolBusy
        default: failed(error, "\(error)")
        }
    }

    private static func failed(_ error: PostgresError, _ said: String) -> TokenError {
        switch error.state {
        case "42P01", "3F000": missing(said)
        case "42703", "42804": outdated(said)
        case "42501":
            TokenError(
                .storeFailed,
                "The database role may not use the token store's tables: \(said).",
                hint: "As their owner, GRANT SELECT, INSERT, UPDATE, DELETE ON \(Schema.tables) to the role."
            )
        case "28P01", "28000":
            TokenError(
                .storeFailed,
                "The token store's server rejected the login: \(said).",
                hint: "Check user and password in the connection string, and the server's pg_hba.conf."
            )
        case "3D000":
            TokenError(
                .storeFailed,
                "The token store's database does not exist: \(said).",
                hint: "Create it, or name another in the connection string."
            )
        case "25006":
            TokenError(
                .storeFailed,
                "The token store's server is read-only: \(said).",
                hint: "Connect to the primary: add target_session_attrs=read-write to the connection string.",
                isTransient: true
            )
        default:
            TokenError(
                .storeFailed,
                "The token store's server failed: \(said)",
                hint: error.code == .refused
                    ? nil : "Check that the server is running and that its address is right.",
                isTransient: error.isTransient
            )
        }
    }

    static func missing(_ said: String) -> TokenError {
        TokenError(
            .storeFailed,
            "The token store's tables do not exist: \(said).",
            hint: "Apply the migration: swift run MigrateTokenStore --apply."
        )
    }

    static func outdated(_ said: String) -> TokenError {
        TokenError(
            .storeFailed,
            "The token store's tables are older than version \(Schema.version): \(said).",
            hint: "Apply the migration: swift run MigrateTokenStore --apply."
        )
    }

    static func newer(_ version: Int) -> TokenError {
        TokenError(
            .storeFailed,
            "The token store's tables have version \(version); this program supports versions up to \(Schema.version).",
            hint: "Update every program that shares the store."
        )
    }

    static let unreadableAddress = TokenError(
        .storeFailed,
        "The token store's connection string can't be read. It is not shown, because it may contain a password.",
        hint:
            "Write name=value pairs, or a URI that starts with postgresql:// (PostgreSQL, chapter 34.1.1), with a password's @, / and : percent-encoded."
    )

    static let poolBusy = TokenError(
        .storeBusy,
        "Timed out waiting for a connection to the token store's server.",
        isTransient: true
    )

    static let leaseBusy = TokenError(
        .storeBusy,
        "Timed out waiting for the lease on the token record.",
        isTransient: true
    )

    static let overtaken = TokenError(
        .storeBusy,
        "Another process took the lease over, because this one held it too long; nothing was saved.",
        isTransient: true
    )

    static let older = TokenError(
        .storeBusy,
        "The token store already has a newer record; nothing was saved.",
        isTransient: true
    )

    static let ended = TokenError(.storeFailed, "The store update has ended; nothing was saved.")

    static func movedAside(_ cause: TokenError) -> TokenError {
        TokenError(
            .storeFailed,
            "\(cause.message) The store moved it to the table oauth_unreadable_records and continues without it.",
            hint: cause.hint ?? "Inspect the row, then delete it."
        )
    }
}
