import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// A token endpoint on loopback that answers so many milliseconds after each request.
struct SlowProvider {
    let url: URL
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let channel: any Channel

    init(milliseconds: Int64) async throws {
        channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 2048)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.pipeline.configureHTTPServerPipeline().flatMapThrowing {
                    try channel.pipeline.syncOperations.addHandler(Handler(.milliseconds(milliseconds)))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        url = URL(string: "http://127.0.0.1:\(channel.localAddress?.port ?? 0)/token")!
    }

    /// Serves until its caller goes away.
    func serve() async throws {
        print(url.absoluteString)
        fflush(nil)
        while readLine() != nil {}
        try await channel.close()
        try await group.shutdownGracefully()
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let latency: TimeAmount

        init(_ latency: TimeAmount) { self.latency = latency }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            guard case .end = unwrapInboundIn(data) else { return }
            let bound = NIOLoopBound((context: context, handler: self), eventLoop: context.eventLoop)
            context.eventLoop.scheduleTask(in: latency) { bound.value.handler.answer(bound.value.context) }
        }

        private func answer(_ context: ChannelHandlerContext) {
            let body = ByteBuffer(string: #"{"access_token":"token","token_type":"Bearer","expires_in":3600}"#)
            let headers: HTTPHeaders = ["Content-Type": "application/json", "Content-Length": "\(body.readableBytes)"]
            let head = HTTPResponseHead(version: .http1_1, status: .ok, headers: headers)
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }
}
