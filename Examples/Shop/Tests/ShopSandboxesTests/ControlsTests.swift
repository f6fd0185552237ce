import Foundation
import OAuthDialects
import ShopSandboxes
import Testing

@Suite(.timeLimit(.minutes(5)))
struct ControlsTests {
    private func works(_ rig: Rig, _ session: TokenSession) async -> Bool {
        (try? await rig.ask(session, "{ movies(first: 1) { nodes { key } } }").status) == 200
    }

    @Test func `A provider that is down breaks every connection, and is up again`() async throws {
        try await Rig.run { rig in
            let session = try rig.session("wetix")
            #expect(rig.sandboxes.names == ["wetix", "revenue-monster", "tiki", "kopi"])
            #expect(await works(rig, session))
            rig.sandboxes.follow(.always(.badGateway).at(.api), "wetix")
            #expect(await !works(rig, session))
            rig.sandboxes.setDown(true, "wetix")
            #expect(rig.sandboxes.isDown("wetix") && !rig.sandboxes.isDown("tiki"))
            #expect(await !works(rig, session))
            rig.sandboxes.recover("wetix")
            #expect(await !works(rig, session))
            rig.sandboxes.follow(.always(.badGateway).at(.api), "wetix")
            rig.sandboxes.setDown(false, "wetix")
            #expect(await !works(rig, session))
            rig.sandboxes.recover("wetix")
            #expect(await works(rig, session))
        }
    }

    @Test func `Revoked tokens are replaced, and ended sign-ins need the client again`() async throws {
        try await Rig.run { rig in
            let session = try rig.session("wetix")
            #expect(await works(rig, session))
            rig.sandboxes.revokeAccessTokens("wetix")
            #expect(await works(rig, session))
            #expect(rig.sandboxes.counters("wetix").tokenRequests(of: "refresh_token") == 1)
            rig.sandboxes.endSignIns("wetix")
            #expect(await works(rig, session))
            #expect(rig.sandboxes.counters("wetix").tokenRequests(of: "client_credentials") == 2)
            #expect(rig.sandboxes.complaints("wetix") == [])
        }
    }

    @Test func `A rotated secret is in the directory's file, which only its owner can read`() async throws {
        try await Rig.run { rig in
            let file = rig.sandboxes.directoryFile
            let old = try rig.session("wetix")
            let before = try JSONDecoder().decode(SandboxDirectory.self, from: Data(contentsOf: file))
            try rig.sandboxes.rotateSecret("wetix")
            let after = try JSONDecoder().decode(SandboxDirectory.self, from: Data(contentsOf: file))
            #expect(before.providers["wetix"]?.clientSecret != after.providers["wetix"]?.clientSecret)
            #expect(before.providers["tiki"]?.clientSecret == after.providers["tiki"]?.clientSecret)
            #expect(after.merchantPrivateKey == rig.directory.merchantPrivateKey)
            let error = await #expect(throws: TokenError.self) { try await old.accessToken() }
            #expect(error?.code == .refused)
            let new = try rig.session("wetix")
            #expect(await works(rig, new))
            let permissions = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
            #expect(permissions == 0o600)
        }
    }

    @Test func `Neither the directory nor a transcript prints a secret`() async throws {
        try await Rig.run { rig in
            let session = try rig.merchant()
            try await rig.press("pay", rig.open("order-1", session).page)
            _ = await rig.inbox.next()
            let text =
                rig.sandboxes.transcript("revenue-monster", limit: 100).joined(separator: "\n")
                + "\(rig.directory) \(rig.directory.providers)"
            #expect(text.contains("POST /v3/payment/online") && text.contains("revenue-monster: http://127.0.0.1"))
            for provider in rig.directory.providers.values { #expect(!text.contains(provider.clientSecret)) }
            #expect(!text.contains("PRIVATE KEY"))
            #expect(rig.sandboxes.transcript("revenue-monster", limit: 1).count == 1)
        }
    }

    @Test func `Ports are consecutive, refused if taken, and free after a stop`() async throws {
        var settings = Sandboxes.Settings()
        settings.port = 20_000 + Int.random(in: 0..<1000) * 10
        try await Rig.run(settings) { rig in
            let ports = try rig.sandboxes.names.map { try rig.root($0).port } + [rig.sandboxes.paymentPages.port]
            #expect(ports == Array(settings.port..<(settings.port + 5)))
            for port in [settings.port, settings.port + 4] {
                var other = Sandboxes.Settings()
                other.port = port
                await #expect(throws: (any Error).self) {
                    try await Sandboxes.start(other) { PointsDialect(root: $0) }
                }
                try? FileManager.default.removeItem(at: other.folder)
            }
        }
        try await Rig.run(settings) { (rig: Rig) async throws in
            #expect(try rig.root("kopi").port == settings.port + 3)
        }
    }
}
