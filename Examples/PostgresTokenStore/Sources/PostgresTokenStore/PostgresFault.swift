import OAuthDialects

/// What goes wrong with the store, in words that say what mends it.
enum PostgresFault {
    static func failed(_ failure: SQLFailure) -> TokenError {
        let said = failure.state.map { "\(failure.message) (SQLSTATE \($0))" } ?? failure.message
        return switch failure.state {
        case "42P01", "3F000": missing(said)
        case "42703", "42804": older(said)
        case "42501":
            TokenError(
                .storeFailed,
                "The role has no right to the token store's tables: \(said).",
                hint: "As their owner, GRANT SELECT, INSERT, UPDATE, DELETE ON \(Schema.tables) to the role."
            )
        case "28P01", "28000":
            TokenError(
                .storeFailed,
                "The token store's server turned the role away: \(said).",
                hint: "Check user and password in the connection string, and the server's pg_hba.conf."
            )
        case "3D000":
            TokenError(
                .storeFailed,
                "The token store's database is not there: \(said).",
                hint: "Create it, or name another in the connection string."
            )
        case "25006":
            TokenError(
                .storeFailed,
                "The token store's server takes no writes: \(said).",
                hint: "Name the primary: target_session_attrs=read-write in the connection string.",
                isTransient: true
            )
        default:
            TokenError(
                .storeFailed,
                "The token store's server failed: \(said)",
                hint: failure.kind == .refusal ? nil : "Check that the server runs and that its address is right.",
                isTransient: failure.kind != .refusal || failure.isPassing
            )
        }
    }

    static func missing(_ said: String) -> TokenError {
        TokenError(
            .storeFailed,
            "The token store's tables are not there: \(said).",
            hint: "Apply the migration: swift run MigrateTokenStore --apply."
        )
    }

    static func older(_ said: String) -> TokenError {
        TokenError(
            .storeFailed,
            "The token store's tables are older than version \(Schema.version): \(said).",
            hint: "Apply the migration: swift run MigrateTokenStore --apply."
        )
    }

    static func newer(_ version: Int) -> TokenError {
        TokenError(
            .newerRecord,
            "The token store's tables have version \(version); this program knows up to \(Schema.version).",
            hint: "Update every program that shares the store."
        )
    }

    static let unreadableAddress = TokenError(
        .storeFailed,
        "The token store's connection string can't be read; it is not shown, because it may hold a password.",
        hint: "It is made of name=value pairs, or begins with postgresql:// (PostgreSQL, chapter 34.1.1)."
    )

    static let poolBusy = TokenError(
        .storeBusy,
        "No connection of the token store's pool was free in time.",
        isTransient: true
    )

    static let leaseBusy = TokenError(
        .storeBusy,
        "Somebody else had the lease on the record for as long as this could wait.",
        isTransient: true
    )

    static let overtaken = TokenError(
        .storeOvertaken,
        "Somebody else took over while this one held the record for longer than its lease.",
        isTransient: true
    )

    static let older = TokenError(.storeOvertaken, "A newer record is stored already.", isTransient: true)

    static let ended = TokenError(.storeFailed, "The update has ended; its save can't be used any more.")

    static func setAside(_ cause: TokenError) -> TokenError {
        TokenError(
            .storeFailed,
            "\(cause.message) It was moved aside into oauth_unreadable_records.",
            hint: cause.hint ?? "Look at it, and delete it."
        )
    }
}
