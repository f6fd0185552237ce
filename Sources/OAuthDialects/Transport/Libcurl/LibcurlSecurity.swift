#if os(Linux) && URLSession
internal import Foundation

/// Whom a transport trusts and how it identifies itself, as files that libcurl reads.
struct LibcurlSecurity: Sendable {
    /// CA certificates in place of the system's; `nil` for the system's.
    private(set) var caFile: String?
    /// Whether the file holds all that the system trusts, so that its folder of certificates is not needed.
    let isFileEnough: Bool
    /// Whether a write over TLS can raise `SIGPIPE`.
    let mayRaiseSignals: Bool
    let clientCertificateFile: String?
    let clientKeyFile: String?

    init(_ configuration: LibcurlTransport.Configuration, _ libcurl: Libcurl.Version) throws {
        let systemFile = libcurl.caFile.flatMap { FileManager.default.contents(atPath: $0) } ?? Data()
        isFileEnough = libcurl.number >= Libcurl.firstWithCACache && !systemFile.isEmpty
        mayRaiseSignals = libcurl.number < Libcurl.firstWithoutSignals
        clientCertificateFile = configuration.clientCertificateFile
        clientKeyFile = configuration.clientKeyFile
        if let file = clientCertificateFile { _ = try Self.read(file, containing: "CERTIFICATE") }
        if let file = clientKeyFile { _ = try Self.read(file, containing: "PRIVATE KEY") }
        guard let additional = configuration.additionalCAFile else { return }
        // libcurl's option replaces the system's certificates: both go into one file.
        let own = try Self.read(additional, containing: "CERTIFICATE")
        caFile = try NamelessFile.path(to: systemFile + Data("\n".utf8) + own)
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

/// Files without names, by their contents: nothing stays on the disk, however the process ends.
///
/// They stay open: libcurl remembers the certificates of a file by its path, which must never lead to other contents.
private enum NamelessFile {
    private static let paths = Locked<[Data: String]>([:])

    static func path(to data: Data) throws -> String {
        try paths.withLock { paths in
            if let path = paths[data] { return path }
            let path = try make(data)
            paths[data] = path
            return path
        }
    }

    private static func make(_ data: Data) throws -> String {
        let name = NSTemporaryDirectory() + "OAuthDialects-\(UUID().uuidString).pem"
        let descriptor = unsafe open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        unsafe unlink(name)
        let path = "/proc/self/fd/\(descriptor)"
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
        guard descriptor >= 0, (try? file.write(contentsOf: data)) != nil, unsafe access(path, R_OK) == 0
        else {
            if descriptor >= 0 { close(descriptor) }
            throw TokenError(.invalidRequest, "The CA certificates could not be written to \(NSTemporaryDirectory()).")
        }
        return path
    }
}
#endif
