import Foundation
import OAuthDialects
import Testing

/// A directory of a test's own, removed at its end.
final class Folder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(
            path: "oauth-dialects-\(UUID().uuidString)",
            directoryHint: .notDirectory
        )
        try FileManager.default.createDirectory(
            at: url,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700]
        )
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    var store: URL { url.appending(path: "store", directoryHint: .notDirectory) }
    var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: store.path)) ?? []).sorted() }

    func mode(of name: String) throws -> Int {
        let path = name.isEmpty ? store.path : store.appending(path: name).path
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
        return try #require(mode).intValue
    }

    func file(_ ending: String) -> URL { store.appending(path: Folder.digest + ending) }

    static let key = SessionKey([(name: "worker", value: "shared")])
    static let digest = SHA256Digest.hexadecimal(of: key.identifier)
}

extension TokenRecord {
    static func numbered(_ number: Int, id: String? = nil, token: Secret? = nil) -> TokenRecord {
        TokenRecord(
            generation: number,
            id: id ?? "\(number)",
            accessToken: token ?? Secret(String(repeating: "\(number).", count: 500)),
            requestedAt: Date(timeIntervalSince1970: Double(number))
        )
    }
}

extension FileTokenStore {
    func put(_ record: TokenRecord) async throws { try await update(Folder.key) { try await $0.save(record) } }
    var number: Int? { get async throws { try await record(for: Folder.key)?.generation } }
}

/// The error that an operation throws.
func storeError(_ body: () async throws -> some Any) async -> TokenError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? TokenError
    }
}
