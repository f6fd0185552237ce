import Foundation
import OAuthDialects

/// A process that shares a store with others: told what to do by its arguments and by lines, it answers in lines.
///
/// `save DIRECTORY`: saves records of growing generations until it is killed; says `saved N` after each.
/// `hold DIRECTORY LEASE`: takes the lock and says `held`; saves when told `go` and says `saved` or the error's code.
/// `session DIRECTORY URL IDENTITY ID SECRET [FLIGHT [EXCHANGE]]`: a session; `token`, `renew`, `reject`, `keep SECONDS` and `out`
/// are answered in a line each, `live` in a line for each trouble.
@main
enum StoreWorker {
    static func main() async throws {
        let words = Array(CommandLine.arguments.dropFirst())
        guard words.count >= 2 else { return say("usage: StoreWorker save|hold|session DIRECTORY …") }
        let directory = URL(filePath: words[1])
        switch words[0] {
        case "save": try await save(FileTokenStore(directory: directory))
        case "hold": try await hold(FileTokenStore(directory: directory, lease: .milliseconds(Int(words[2]) ?? 0)))
        default: await SessionWorker(directory, words).serve()
        }
    }

    static let key = SessionKey([(name: "worker", value: "shared")])

    private static func save(_ store: FileTokenStore) async throws {
        while true {
            try await store.update(key) { update in
                let number = (update.record?.generation ?? 0) + 1
                try await update.save(sample(number))
                try await update.save(sample(number + 1))
            }
            say("saved \(try await store.record(for: key)?.generation ?? 0)")
        }
    }

    private static func hold(_ store: FileTokenStore) async throws {
        do {
            try await store.update(key) { update in
                say("held")
                _ = readLine()
                try await update.save(sample((update.record?.generation ?? 0) + 1))
            }
            say("saved")
        } catch {
            say("\((error as? TokenError)?.code.description ?? "\(error)")")
        }
    }

    /// A record whose every part follows from its number, so that one that is torn or mixed is seen.
    static func sample(_ number: Int) -> TokenRecord {
        TokenRecord(
            generation: number,
            id: "\(number)",
            accessToken: Secret(String(repeating: "\(number).", count: 500)),
            requestedAt: Date(timeIntervalSince1970: Double(number))
        )
    }

    static func say(_ line: String) {
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }
}
