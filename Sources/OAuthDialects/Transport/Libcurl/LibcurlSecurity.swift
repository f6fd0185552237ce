#if os(Linux)
internal import Foundation

/// Whom a transport trusts and how it identifies itself, as files that libcurl reads.
struct LibcurlSecurity: Sendable {
    /// CA certificates in place of the system's; `nil` for the system's.
    private(set) var caFile: String?
    /// Whether the file holds all that the system trusts, so that its folder of certificates is not needed.
    let isFileEnough: Bool
    let clientCertificateFile: String?
    let clientKeyFile: String?
    /// Removes the file with the combined certificates when the transport is released.
    private var combined: TemporaryFile?

    init(_ configuration: LibcurlTransport.Configuration) throws {
        let libcurl = try Libcurl.loaded.get()
        let systemFile = libcurl.caFile.flatMap { FileManager.default.contents(atPath: $0) } ?? Data()
        isFileEnough = libcurl.number >= Libcurl.firstWithCACache && !systemFile.isEmpty
        clientCertificateFile = configuration.clientCertificateFile
        clientKeyFile = configuration.clientKeyFile
        if let file = clientCertificateFile { _ = try Self.read(file, containing: "CERTIFICATE") }
        if let file = clientKeyFile { _ = try Self.read(file, containing: "PRIVATE KEY") }
        guard let additional = configuration.additionalCAFile else { return }
        // libcurl's option replaces the system's certificates: both go into one file.
        let own = try Self.read(additional, containing: "CERTIFICATE")
        let file = try TemporaryFile(systemFile + Data("\n".utf8) + own)
        (combined, caFile) = (file, file.path)
    }

    private static func read(_ path: String, containing kind: String) throws -> Data {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw TokenError(.invalidRequest, "The file \(ProviderText.clean(path)) can't be read.")
        }
        let text = String(decoding: data, as: UTF8.self)
        guard text.contains("-----BEGIN"), text.contains(kind + "-----") else {
            throw TokenError(
                .invalidRequest,
                "The file \(ProviderText.clean(path)) contains no PEM \(kind.lowercased())."
            )
        }
        return data
    }
}

/// A file that is removed with its last reference.
private final class TemporaryFile: Sendable {
    let path: String

    init(_ data: Data) throws {
        path = NSTemporaryDirectory() + "OAuthDialects-\(UUID().uuidString).pem"
        guard FileManager.default.createFile(atPath: path, contents: data, attributes: [.posixPermissions: 0o600])
        else {
            throw TokenError(
                .invalidRequest,
                "The CA certificates could not be written to \(ProviderText.clean(path))."
            )
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
#endif
