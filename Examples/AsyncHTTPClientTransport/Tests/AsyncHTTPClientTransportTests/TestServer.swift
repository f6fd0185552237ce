import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import OAuthDialects
import Synchronization

/// An HTTP server on a loopback address that can misbehave, and counts what arrives.
final class TestServer: Sendable {
    /// What has happened on one connection.
    struct Connection: Sendable {
        var requests = 0
        var bytesWritten = 0
        var isOpen = true
        var isClosedByPeer = false
    }

    /// What has happened so far: the connections in the order of their arrival.
    struct Facts: Sendable {
        var connections: [Connection] = []

        var requests: Int { connections.reduce(0) { $0 + $1.requests } }
    }

    let url: URL
    private let channel: any Channel
    private let record: ServerRecord

    init(host: String = "127.0.0.1", reply: @escaping @Sendable (WireRequest) -> Reply) async throws {
        let record = ServerRecord()
        channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = ServerConnection(record, reply)
                    try channel.pipeline.syncOperations.addHandler(ByteToMessageHandler(HTTPRequestDecoder()))
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
            .bind(host: host, port: 0).get()
        url = URL(string: "http://\(host):\(channel.localAddress?.port ?? 0)")!
        self.record = record
    }

    var facts: Facts { record.facts }

    /// Waits until the facts satisfy a condition; one caller at a time.
    @discardableResult
    func facts(where isMet: (Facts) -> Bool) async throws -> Facts {
        if isMet(facts) { return facts }
        for await facts in record.changes where isMet(facts) { return facts }
        throw CancellationError()
    }

    func stop() async {
        try? await channel.close()
    }
}

/// The facts of a server, and their changes.
final class ServerRecord: Sendable {
    let changes: AsyncStream<TestServer.Facts>
    private let report: AsyncStream<TestServer.Facts>.Continuation
    private let state = Mutex(TestServer.Facts())

    init() {
        (changes, report) = AsyncStream.makeStream()
    }

    var facts: TestServer.Facts { state.withLock { $0 } }

    func update<Result: Sendable>(_ change: (inout TestServer.Facts) -> Result) -> Result {
        state.withLock { facts in
            let result = change(&facts)
            report.yield(facts)
            return result
        }
    }
}

/// Reads requests on a connection and does what the replies say.
private final class ServerConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    private let record: ServerRecord
    private let reply: @Sendable (WireRequest) -> Reply
    private var number = 0
    private var head: HTTPRequestHead?
    private var body = Data()
    private var endsItself = false

    init(_ record: ServerRecord, _ reply: @escaping @Sendable (WireRequest) -> Reply) {
        self.record = record
        self.reply = reply
    }

    func channelActive(context: ChannelHandlerContext) {
        number = record.update { facts in
            facts.connections.append(TestServer.Connection())
            return facts.connections.count - 1
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        let (number, isClosedByPeer) = (number, !endsItself)
        record.update { facts in
            facts.connections[number].isOpen = false
            facts.connections[number].isClosedByPeer = isClosedByPeer
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = Data()
        case .body(let part):
            body.append(contentsOf: part.readableBytesView)
        case .end:
            guard let request else { return context.close(promise: nil) }
            record.update { [number] in $0.connections[number].requests += 1 }
            perform(reply(request), context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private var request: WireRequest? {
        guard let head, let host = head.headers.first(name: "Host"), let url = URL(string: "http://\(host)\(head.uri)")
        else { return nil }
        var headers = WireHeaders()
        for (name, value) in head.headers { headers.append(name, value) }
        return WireRequest(head.method.rawValue, url, headers: headers, body: body.isEmpty ? nil : .bytes(body))
    }

    private func perform(_ reply: Reply, _ context: ChannelHandlerContext) {
        let written = write(reply.bytes, context)
        if let first = reply.drip.first {
            var rest = reply
            rest.drip = reply.drip.dropFirst()
            rest.bytes = Data([first])
            let next = rest
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            context.eventLoop.scheduleTask(in: TimeAmount(reply.pause)) {
                let (connection, context) = bound.value
                if context.channel.isActive { connection.perform(next, context) }
            }
            return
        }
        switch reply.end {
        case .keep: break
        case .close: end(context, after: written)
        case .reset:
            let option = linger(l_onoff: 1, l_linger: 0)
            (context.channel as? any SocketOptionProvider)?.setSoLinger(option).whenComplete { _ in }
            end(context, after: written)
        }
    }

    private func write(_ bytes: Data, _ context: ChannelHandlerContext) -> EventLoopFuture<Void> {
        guard !bytes.isEmpty else { return context.eventLoop.makeSucceededVoidFuture() }
        let written = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(bytes: bytes)), promise: written)
        written.futureResult.whenSuccess { [record, number] in
            record.update { $0.connections[number].bytesWritten += bytes.count }
        }
        return written.futureResult
    }

    /// Closes the connection once the bytes are out: closing discards what is still to be written.
    private func end(_ context: ChannelHandlerContext, after written: EventLoopFuture<Void>) {
        endsItself = true
        let channel = context.channel
        written.whenComplete { _ in channel.close(promise: nil) }
    }
}
