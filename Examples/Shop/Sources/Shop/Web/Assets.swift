import Crypto
import Foundation
import Hummingbird

/// The style sheet, the script, the icon, and the fonts, in memory.
struct Assets: Sendable {
    private struct File: Sendable {
        let type: String
        let bytes: ByteBuffer
    }

    private static let types = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
        "woff2": "font/woff2", "txt": "text/plain; charset=utf-8",
    ]

    private let files: [String: File]
    /// Changes with the files.
    let version: String

    init(folder: URL) throws {
        var files: [String: File] = [:]
        var hash = SHA256()
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path(percentEncoded: false)).sorted()
        for name in names {
            let url = folder.appending(path: name)
            guard let type = Self.types[url.pathExtension] else { continue }
            let data = try Data(contentsOf: url)
            hash.update(data: data)
            files[name] = File(type: type, bytes: ByteBuffer(bytes: data))
        }
        self.files = files
        version = String(Data(hash.finalize()).base64URL.prefix(12))
    }

    /// The response with a file; a URL with the version may be kept for a year.
    func response(of name: String, isVersioned: Bool) throws -> Response {
        guard let file = files[name] else { throw HTTPError(.notFound) }
        let lifetime = isVersioned ? "public, max-age=31536000, immutable" : "public, max-age=3600"
        return Response(
            status: .ok,
            headers: [.contentType: file.type, .cacheControl: lifetime],
            body: ResponseBody(byteBuffer: file.bytes)
        )
    }
}
