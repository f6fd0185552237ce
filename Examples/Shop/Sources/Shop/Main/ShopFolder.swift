import Crypto
import Foundation
import OAuthDialects

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The shop's folder, which no other user may open.
struct ShopFolder: Sendable {
    let url: URL

    /// Creates the folder if it is missing.
    ///
    /// - Throws: a ``SettingError`` if it can't be created, or belongs to somebody else.
    init(_ url: URL) throws {
        self.url = url
        let path = url.path(percentEncoded: false)
        let files = FileManager.default
        do {
            try files.createDirectory(
                at: url,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch { throw SettingError("SHOP_FOLDER", "\(path) can't be created") }
        var status = stat()
        guard lstat(path.hasSuffix("/") ? String(path.dropLast()) : path, &status) == 0,
            status.st_mode & S_IFMT == S_IFDIR, status.st_uid == getuid(), status.st_mode & 0o077 == 0
        else { throw SettingError("SHOP_FOLDER", "\(path) must be a folder that only its owner may open (mode 0700)") }
    }

    /// A folder within.
    func folder(_ name: String) -> URL { url.appending(path: name, directoryHint: .isDirectory) }

    /// The key of the cookies: a setting's, or one that is made once and kept in a file.
    func cookieKey(_ setting: Secret?) throws -> SymmetricKey {
        if let setting { return SymmetricKey(data: SHA256.hash(data: Data(setting.revealed.utf8))) }
        let file = url.appending(path: "cookie.key", directoryHint: .notDirectory)
        let draft = url.appending(path: "cookie.key.\(UUID().uuidString)", directoryHint: .notDirectory)
        if !FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) {
            let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
            let isMade = FileManager.default.createFile(
                atPath: draft.path(percentEncoded: false),
                contents: bytes,
                attributes: [.posixPermissions: 0o600]
            )
            // Of several processes that start at once, the first one's key stays.
            if isMade { try? FileManager.default.linkItem(at: draft, to: file) }
            try? FileManager.default.removeItem(at: draft)
        }
        guard let bytes = try? Data(contentsOf: file), bytes.count == 32 else {
            throw SettingError(
                "SHOP_FOLDER",
                "has a cookie.key that can't be read; remove it, and browsers lose their orders"
            )
        }
        return SymmetricKey(data: bytes)
    }
}
