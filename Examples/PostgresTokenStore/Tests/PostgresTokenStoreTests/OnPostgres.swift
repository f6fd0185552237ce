import FleetSupport
import Testing

/// Every suite, one test after the other: tests beside each other on two cores starve those that go by a clock on a wall.
@Suite(
    .serialized,
    .enabled(if: PostgresServer.isInstalled, "PostgreSQL is not installed: apt-get install postgresql libpq-dev"),
    .timeLimit(.minutes(60))
)
enum OnPostgres {}
