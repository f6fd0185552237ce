import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Body streams that stop giving bytes hold nobody.
@Suite(.timeLimit(.minutes(5)))
struct StalledBodyTests {
    /// A stream whose read blocks until the test ends.
    private final class Stalling: InputStream {
        private let started: Latch
        private let gate: DispatchSemaphore

        init(_ started: Latch, _ gate: DispatchSemaphore) {
            (self.started, self.gate) = (started, gate)
            super.init(data: Data())
        }

        override func open() {}
        override func close() {}

        override func read(_ buffer: UnsafeMutablePointer<UInt8>, maxLength length: Int) -> Int {
            started.open()
            gate.wait()
            return 0
        }
    }

    private static let url = URL(string: "https://sb-open.wetix.my/upload")!
    private let started = Latch()
    private let gate = DispatchSemaphore(value: 0)

    private func request(_ timeout: TimeInterval = 60) -> URLRequest {
        var request = URLRequest(url: Self.url, timeoutInterval: timeout)
        request.httpMethod = "POST"
        request.httpBodyStream = Stalling(started, gate)
        return request
    }

    @Test(arguments: ["data", "bytes", "download"])
    func `A cancelled caller leaves at once`(_ way: String) async throws {
        let rig = Rig()
        let sandbox = ProviderSandbox(.weTix, clock: .system)
        let server = try await sandbox.serve()
        let served = sandbox.session(at: server.url, transport: .system, policy: .unhurried)
        let session = way == "data" ? rig.session : served
        var request = request()
        if way != "data" { request.url = server.url }
        let task = Task { [request] in
            switch way {
            case "data": _ = try await session.data(for: request)
            case "bytes": _ = try await session.bytes(for: request)
            default: _ = try await session.download(for: request)
            }
        }
        await started.passes()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(rig.provider.calls.isEmpty)
        gate.signal()
        await server.stop()
    }

    @Test func `The timeout ends the call, and nothing was sent`() async throws {
        let rig = Rig()
        let task = Task { [request = request(5)] in try await rig.session.data(for: request) }
        await started.passes()
        try await rig.clock.waitForSleepers()
        rig.clock.advance(by: .seconds(5))
        let error = await #expect(throws: TokenError.self) { try await task.value }
        #expect(error?.code == .invalidRequest)
        #expect(error?.delivery == .notSent)
        #expect(error?.isTransient == false)
        #expect(rig.provider.calls.isEmpty)
        gate.signal()
    }

    #if os(Linux)
    @Test(arguments: [true, false], [SystemTransport.system as any WireTransport, URLSessionTransport.straight()])
    func `An upload to a server that stops reading ends with its caller, and with its timeout`(
        _ isCancelled: Bool,
        _ transport: any WireTransport
    ) async throws {
        let server = try RawServer(answer: nil)
        let api = URL(string: "http://127.0.0.1:\(server.port)")!
        let timeout = Duration.seconds(isCancelled ? 60 : 3)
        let provider = StubProvider { call in
            if call.request.url.path.hasPrefix("/auth/") { return .tokens("access-1") }
            return try await transport.send(call.request, WireLimits(maximumBodyBytes: 1024, timeout: timeout))
        }
        let rig = Rig(dialect: .weTix(.sandbox, apiHosts: [api.absoluteString]), provider: provider)
        var request = URLRequest(url: api)
        request.httpMethod = "POST"
        let task = Task { [request] in
            try await rig.session.upload(for: request, from: Data(count: 32 * 1024 * 1024))
        }
        await provider.received(2)
        if isCancelled {
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        } else {
            let error = await #expect(throws: TokenError.self) { try await task.value }
            #expect(error?.code == .requestFailed)
            #expect(error?.delivery == .unknown)
            #expect(error?.action == .verify)
        }
        server.stop()
    }
    #endif

    @Test func `A pipe is no file to upload`() async throws {
        let folder = try Folder()
        let pipe = folder.url.appending(path: "pipe")
        let status = unsafe mkfifo(pipe.path, 0o600)
        #expect(status == 0)
        let error = await #expect(throws: TokenError.self) {
            try await Rig().session.upload(for: URLRequest(url: Self.url), fromFile: pipe)
        }
        #expect(error?.code == .invalidRequest)
    }

    @Test func `Threads that block are bounded`() async {
        let threads = BlockingThreads(limit: 2)
        let running = Counter()
        for _ in 0..<2 {
            let isStarted = threads.start { [gate] in
                running.increment()
                gate.wait()
            }
            #expect(isStarted)
        }
        await running.reaches(2)
        let isStarted = threads.start {}
        #expect(!isStarted)
        gate.signal()
        gate.signal()
        await eventually { threads.start {} }
    }
}
