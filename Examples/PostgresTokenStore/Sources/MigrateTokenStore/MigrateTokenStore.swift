import Foundation
import OAuthDialects
import PostgresTokenStore

/// Prints the migration, or applies it to the database that follows `--apply`; the default comes from `PGHOST`, `PGDATABASE`, etc.
@main
enum MigrateTokenStore {
    static func main() async throws {
        let words = CommandLine.arguments.dropFirst()
        guard words.first == "--apply" else { return print(PostgresTokenStore.migration, terminator: "") }
        do {
            try await PostgresTokenStore(connection: Secret(words.dropFirst().first ?? "")).migrate()
            print("The token store's tables are up to date.")
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            exit(1)
        }
    }
}
