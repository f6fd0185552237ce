import Foundation
import Testing

/// The `openssl` command, as the judge of every signature, with a key pair made for the run.
struct OpenSSL {
    let folder: URL
    let pkcs1: String
    let pkcs8: String
    let publicKey: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Self.run("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out pkcs8", in: folder)
        try Self.run("rsa -in pkcs8 -traditional -out pkcs1", in: folder)
        try Self.run("pkey -in pkcs8 -pubout -out public", in: folder)
        let text = { [folder] (name: String) in try String(contentsOf: folder.appending(path: name), encoding: .utf8) }
        (pkcs1, pkcs8, publicKey) = (try text("pkcs1"), try text("pkcs8"), try text("public"))
    }

    /// The Base64 signature that the command makes of a text.
    func signature(of text: String) throws -> String {
        try Data(text.utf8).write(to: folder.appending(path: "text"))
        try Self.run("dgst -sha256 -sign pkcs8 -out signature text", in: folder)
        return try Data(contentsOf: folder.appending(path: "signature")).base64EncodedString()
    }

    func remove() {
        try? FileManager.default.removeItem(at: folder)
    }

    private static func run(_ arguments: String, in folder: URL) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments.split(separator: " ").map(String.init)
        process.currentDirectoryURL = folder
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "openssl \(arguments)")
    }
}
