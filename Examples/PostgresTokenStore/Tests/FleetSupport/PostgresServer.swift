import Foundation
import OAuthDialects

/// A real server of a test's own in a temporary directory, gone when the tests are.
public final class PostgresServer: Sendable {
    /// Where Debian and others keep what is in nobody's `PATH`; `nil` where PostgreSQL is not installed.
    private static let installed: String? = {
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
        let newest = versions.sorted { $0.compare($1, options: .numeric) == .orderedDescending }
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let places = newest.map { "/usr/lib/postgresql/\($0)/bin" } + path.split(separator: ":").map(String.init)
        return places.first { place in
            ["initdb", "pg_ctl", "psql"].allSatisfy {
                FileManager.default.isExecutableFile(atPath: "\(place)/\($0)")
            }
        }
    }()

    /// The port on loopback.
    public var port: Int { reservation.number }

    /// Whether PostgreSQL is installed.
    public static var isInstalled: Bool { installed != nil }

    /// The one that tests share which do it no harm.
    public static let shared = Task { try await PostgresServer() }

    /// Of its own: whoever answers to it is this server.
    public let password = UUID().uuidString

    private let reservation: ReservedPort
    private let programs: String
    private let directory: String
    private let user: String?

    /// Makes and starts a server that listens on loopback, and on more addresses if told.
    public init(alsoOn addresses: [String] = []) async throws {
        guard let programs = Self.installed else { throw Shell.Failure(description: "PostgreSQL is not installed.") }
        self.programs = programs
        user = geteuid() == 0 ? "postgres" : nil
        directory = FileManager.default.temporaryDirectory.appending(path: "oauth-dialects-\(UUID().uuidString)").path
        reservation = try ReservedPort()
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try password.write(toFile: "\(directory)/password", atomically: true, encoding: .utf8)
        if let user { try await Shell.run(["chown", "-R", user, directory]) }
        try await Shell.run(
            [
                "\(programs)/initdb", "-D", "\(directory)/data", "-U", "postgres", "-A", "scram-sha-256",
                "--pwfile", "\(directory)/password", "-N", "--locale", "C", "-E", "UTF8",
            ],
            as: user
        )
        try await configure(addresses)
        try await start()
    }

    private func configure(_ addresses: [String]) async throws {
        let settings = """
            listen_addresses = '\((["127.0.0.1"] + addresses).joined(separator: ","))'
            port = \(port)
            unix_socket_directories = '\(directory)'
            fsync = off
            max_connections = 200
            """
        let rules = addresses.map { "host all all \($0)/24 scram-sha-256" }.joined(separator: "\n")
        for (file, text) in [("postgresql.conf", settings), ("pg_hba.conf", rules)] {
            try await Shell.run(
                ["sh", "-c", "printf '%s\\n' \"$1\" >> \"$2\"", "sh", text, "\(directory)/data/\(file)"],
                as: user
            )
        }
    }

    /// Starts it, and waits until it answers; a shell beside it ends it when the tests' process is gone, however that ended.
    public func start() async throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        let script = """
            \(programs)/postgres -D \(directory)/data >>\(directory)/log 2>&1 &
            while ps -p \(ProcessInfo.processInfo.processIdentifier) >/dev/null; do sleep 1; done
            kill -QUIT $!
            wait $!
            rm -rf \(directory)
            """
        process.arguments = Shell.command(["sh", "-c", script], as: user)
        process.currentDirectoryURL = FileManager.default.temporaryDirectory
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        try await eventually { (try? await sql("SELECT 1")) != nil }
    }

    /// Stops it: `fast` ends every connection in order, `immediate` is as good as a crash.
    public func stop(_ mode: String = "fast") async throws {
        try await Shell.run(["\(programs)/pg_ctl", "-D", "\(directory)/data", "-w", "-m", mode, "stop"], as: user)
    }

    /// Runs SQL as the superuser, and returns what it says, unadorned.
    @discardableResult
    public func sql(_ text: String, in database: String = "postgres") async throws -> String {
        try await Shell.run(
            [
                "\(programs)/psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", "\(port)",
                "-U", "postgres", "-d", database, "-c", text,
            ],
            environment: ["PGPASSWORD": password]
        )
    }

    /// An address of a database, as the superuser unless told.
    public func address(
        of database: String,
        as role: String = "postgres",
        password: String? = nil,
        at host: String = "127.0.0.1",
        _ port: Int? = nil
    ) -> Secret {
        Secret(
            "host=\(host) port=\(port ?? self.port) dbname=\(database) user=\(role) password='\(password ?? self.password)' sslmode=disable"
        )
    }
}
