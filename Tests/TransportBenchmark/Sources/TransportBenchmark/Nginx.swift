import Foundation

/// An nginx of this program's own on loopback, which answers with 13 bytes.
final class Nginx {
    let url: URL
    private let process = Process()
    private let folder = FileManager.default.temporaryDirectory.appending(path: "transport-benchmark-\(getpid())")

    /// - Throws: if nginx is not installed.
    init(port: Int = 18_080) throws {
        url = URL(string: "http://127.0.0.1:\(port)/")!
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let text = """
            daemon off; pid \(folder.path)/pid; error_log /dev/null; worker_processes 1;
            events { worker_connections 2048; }
            http {
                access_log off; keepalive_requests 100000000; keepalive_timeout 600s;
                server { listen 127.0.0.1:\(port) backlog=2048; location / { return 200 "Hello, world!"; } }
            }
            """
        let file = folder.appending(path: "nginx.conf")
        try Data(text.utf8).write(to: file)
        process.executableURL = URL(filePath: "/usr/sbin/nginx")
        process.arguments = ["-p", folder.path, "-c", file.path]
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    /// Waits until it answers.
    func waitUntilReady() async throws {
        for _ in 0..<1000 {
            if (try? await SystemTransportClient.shared.get(url)) == 200 { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw CocoaError(.executableLoad)
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }
}
