#if os(Linux)
import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// HTTP/2 over TLS, with nginx (`apt-get install nginx-light`).
@Suite(.serialized, .timeLimit(.minutes(5)), .enabled(if: Nginx.isInstalled, "nginx is not installed"))
struct HTTP2Tests {
    @Test(arguments: ["GET", "POST", "HEAD", "DELETE"])
    func `A request goes over HTTP 2`(method: String) async throws {
        let authority = try await TestAuthority()
        let server = try await Nginx(authority)
        let body: WireBody? = method == "POST" ? .form([WireField("a", "b")]) : nil
        let response = try await authority.transport().send(WireRequest(method, server.url, body: body), .api)
        #expect(response.status == 200)
        #expect(response.headers["X-Protocol"] == "HTTP/2.0")
        #expect(String(decoding: response.body, as: UTF8.self) == (method == "HEAD" ? "" : "/token"))
        await server.stop()
    }

    @Test(arguments: ["GET", "POST"])
    func `Fifty requests at once each get their own answer`(method: String) async throws {
        let authority = try await TestAuthority()
        let server = try await Nginx(authority)
        let transport = try authority.transport()
        // From the second round on there are connections that were kept.
        for _ in 0..<5 {
            let answers = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<50 {
                    let url = server.url.appending(path: "\(number)")
                    let body: WireBody? = method == "POST" ? .form([WireField("a", "b")]) : nil
                    group.addTask {
                        let response = try await transport.send(WireRequest(method, url, body: body), .api)
                        return response.headers["X-Protocol"] == "HTTP/2.0"
                            && response.body == Data("/token/\(number)".utf8)
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(answers == 50)
        }
        await server.stop()
    }

    @Test func `A body that nobody reads keeps no other request waiting`() async throws {
        let authority = try await TestAuthority()
        let server = try await Nginx(authority)
        _ = try authority.write(String(repeating: "a", count: 20_000_000), to: "large")
        let transport = try authority.transport()
        let large = try #require(URL(string: "/large", relativeTo: server.url))
        let (head, body) = try await transport.stream(WireRequest("GET", large.absoluteURL), .api)
        #expect(head.status == 200)
        var parts = body.makeAsyncIterator()
        var count = try await parts.next()?.count ?? 0
        let limits = WireLimits(maximumBodyBytes: 1000, timeout: .seconds(10))
        let response = try await transport.send(WireRequest("GET", server.url), limits)
        #expect(String(decoding: response.body, as: UTF8.self) == "/token")
        let connections = (head.headers["X-Connection"], response.headers["X-Connection"])
        #expect(connections.0 != nil && connections.0 != connections.1, "a connection carries one request at a time")
        while let part = try await parts.next() { count += part.count }
        #expect(count == 20_000_000)
        await server.stop()
    }
}

/// nginx with HTTP/2 over TLS on a free port.
final class Nginx: Sendable {
    static let isInstalled = FileManager.default.isExecutableFile(atPath: "/usr/sbin/nginx")

    let url: URL
    private let worker: Worker

    /// nginx takes no port 0, and a port that was free a moment ago may be another test's by now: nginx ends then, and tries
    /// another one.
    init(_ authority: TestAuthority) async throws {
        let certificate = try await authority.certificate()
        let transport = try authority.transport()
        for _ in 0..<10 {
            let probe = try await LoopbackServer { _ in WireResponse(status: 200) }
            let port = try #require(probe.url.port)
            await probe.stop()
            let url = try #require(URL(string: "https://localhost:\(port)/token"))
            let worker = try Self.worker(at: port, certificate, authority)
            let request = WireRequest("GET", url)
            let limits = WireLimits(maximumBodyBytes: 1000, timeout: .seconds(10))
            await eventually {
                if worker.hasEnded { return true }
                return (try? await transport.send(request, limits))?.status == 200
            }
            guard worker.hasEnded else {
                (self.url, self.worker) = (url, worker)
                return
            }
        }
        throw POSIXError(.EADDRINUSE)
    }

    private static func worker(
        at port: Int,
        _ certificate: TestAuthority.Certificate,
        _ authority: TestAuthority
    ) throws -> Worker {
        let folder = authority.path("")
        let file = try authority.write(configuration(port, certificate, folder), to: "nginx.conf")
        let words = ["-c", "exec nginx -p \"$1\" -c \"$2\" -e \"$1/error.log\" 2>/dev/null", "sh", folder, file]
        return try Worker(URL(filePath: "/bin/sh"), words, ["PATH": "/usr/sbin:/usr/bin:/bin"])
    }

    /// Kills it: a child of a Swift task's thread inherits that SIGTERM is blocked.
    func stop() async { await worker.end() }

    private static func configuration(_ port: Int, _ certificate: TestAuthority.Certificate, _ folder: String) -> String
    {
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map {
            "\($0)_temp_path \(folder)/\($0);"
        }
        return """
            daemon off;
            master_process off;
            pid \(folder)/nginx.pid;
            error_log \(folder)/error.log;
            events {}
            http {
                access_log off;
                \(temporary.joined(separator: "\n    "))
                server {
                    listen 127.0.0.1:\(port) ssl http2;
                    ssl_certificate \(certificate.file);
                    ssl_certificate_key \(certificate.keyFile);
                    location /large {
                        root \(folder);
                        add_header X-Connection $connection;
                    }
                    location / {
                        add_header X-Protocol $server_protocol;
                        add_header X-Connection $connection;
                        return 200 "$uri";
                    }
                }
            }

            """
    }
}
#endif
