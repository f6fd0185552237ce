import Foundation
import ShopCore
import ShopSandboxes
import Testing

/// The shop as it is run, in a folder of its own.
struct RunningShop: Sendable {
    /// Where browsers reach it.
    let url: URL
    private let log: URL

    /// Starts a shop with sandboxes in its own process, lends it, and ends it.
    static func run<Value>(
        _ variables: [String: String] = [:],
        _ body: (RunningShop) async throws -> Value
    ) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: "shop-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let own = ["SHOP_PORT": "0", "SHOP_FOLDER": folder.appending(path: "data").path]
        let log = folder.appending(path: "log")
        let program = try Program(Program.built("Shop"), [], own.merging(variables) { $1 }, log: log)
        defer { program.kill() }
        guard let line = await program.line(where: { $0.contains("http://") }),
            let url = line.split(separator: " ").first(where: { $0.hasPrefix("http://") }).flatMap({
                URL(string: String($0))
            })
        else {
            let said = try String(contentsOf: log, encoding: .utf8)
            throw WebDriver.Failure(description: "The shop did not start: \(said)")
        }
        return try await body(RunningShop(url: url, log: log))
    }

    /// Starts a shop with sandboxes in the test's process, whose facts the test can see and change.
    static func run<Value>(
        holdLifetime: Duration = .seconds(900),
        _ variables: [String: String] = [:],
        _ body: (RunningShop, Sandboxes) async throws -> Value
    ) async throws -> Value {
        var settings = Sandboxes.Settings()
        settings.holdLifetime = holdLifetime
        let sandboxes = try await Sandboxes.start(settings) { KopiDialect(root: $0) }
        defer { try? FileManager.default.removeItem(at: settings.folder) }
        do {
            let all = variables.merging(Self.variables(of: sandboxes)) { $1 }
            let value = try await run(all) { try await body($0, sandboxes) }
            await sandboxes.stop()
            return value
        } catch {
            await sandboxes.stop()
            throw error
        }
    }

    /// The variables of a shop whose sandboxes are in the test's process.
    static func variables(of sandboxes: Sandboxes) -> [String: String] {
        ["SHOP_SANDBOXES": sandboxes.directoryFile.path, "SHOP_STAFF_PASSWORD": staffPassword]
    }

    /// The password of the staff where the sandboxes are not in the shop's process.
    static let staffPassword = "popcorn"

    /// The URL of a path.
    func url(_ path: String) -> URL { URL(string: path, relativeTo: url)?.absoluteURL ?? url }

    /// The URL of a path of the staff, with the password.
    func staffURL(_ path: String) -> URL {
        var parts = URLComponents(url: url(path), resolvingAgainstBaseURL: true)
        parts?.user = "staff"
        parts?.password = Self.staffPassword
        return parts?.url ?? url(path)
    }

    /// What the shop has logged.
    func logged() throws -> String { try String(contentsOf: log, encoding: .utf8) }
}
