#if os(Linux)
import Foundation
import OAuthDialects
import Testing

/// A certificate authority in a temporary folder, made by `openssl`.
final class TestAuthority: Sendable {
    struct Certificate: Sendable {
        let file: String
        let keyFile: String
    }

    let file: String
    private let folder: URL

    init() async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "OAuthDialects-CA-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        file = folder.appending(path: "ca.pem").path
        try await openssl("req", "-x509", "-days", "2", "-subj", "/CN=Test CA", "-out", "ca.pem", key: "ca.key")
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// A certificate for a host; it has expired if `days` is negative.
    func certificate(for host: String = "localhost", days: Int = 2) async throws -> Certificate {
        let name = UUID().uuidString
        try Data("subjectAltName=DNS:\(host)".utf8).write(to: folder.appending(path: "\(name).ext"))
        try await openssl("req", "-subj", "/CN=\(host)", "-out", "\(name).csr", key: "\(name).key")
        try await openssl(
            "x509",
            "-req",
            "-in",
            "\(name).csr",
            "-CA",
            "ca.pem",
            "-CAkey",
            "ca.key",
            "-CAcreateserial",
            "-days",
            "\(days)",
            "-extfile",
            "\(name).ext",
            "-out",
            "\(name).pem"
        )
        return Certificate(file: path("\(name).pem"), keyFile: path("\(name).key"))
    }

    /// A file in the folder.
    func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: folder.appending(path: name))
        return path(name)
    }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    /// A transport that also trusts this authority.
    func transport(_ client: Certificate? = nil) throws -> LibcurlTransport {
        var configuration = LibcurlTransport.Configuration()
        configuration.additionalCAFile = file
        configuration.clientCertificateFile = client?.file
        configuration.clientKeyFile = client?.keyFile
        return try LibcurlTransport(configuration)
    }

    private func openssl(_ words: String..., key: String? = nil) async throws {
        let newKey = key.map { ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", $0] }
        let command = ["cd \"$0\" && exec openssl \"$@\" 2>/dev/null", folder.path]
        let worker = try Worker(URL(filePath: "/bin/sh"), ["-c"] + command + words + (newKey ?? []))
        #expect(await worker.status() == 0, "openssl \(words[0]) failed")
    }
}

/// `openssl s_server`, which serves one connection after the other.
final class TLSServer: Sendable {
    let url: URL
    private let worker: Worker

    init(_ certificate: TestAuthority.Certificate, _ words: String...) async throws {
        let command = ["-c", "exec openssl s_server \"$@\" 2>/dev/null", "sh"]
        let options = ["-accept", "127.0.0.1:0", "-cert", certificate.file, "-key", certificate.keyFile, "-www"]
        worker = try Worker(URL(filePath: "/bin/sh"), command + options + words)
        var port: Substring?
        while port == nil {
            let line = try #require(await worker.line(), "openssl s_server ended")
            if line.hasPrefix("ACCEPT") { port = line.split(separator: ":").last }
        }
        url = try #require(URL(string: "https://localhost:\(port ?? "")/token"))
    }

    /// The same server under its address, for which it has no certificate.
    var urlOfAddress: URL { URL(string: url.absoluteString.replacing("localhost", with: "127.0.0.1")) ?? url }

    func stop() async { await worker.end() }
}
#endif
