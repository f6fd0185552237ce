import Foundation
import Hummingbird
import Logging
import ServiceLifecycle

/// Serves the hosted checkout pages on a loopback port of their own.
final class CheckoutServer: Sendable {
    let url: URL
    private let group: ServiceGroup
    private let running: Task<Void, any Error>

    /// Starts the server, and returns when it accepts connections.
    ///
    /// - Parameters:
    ///   - port: the port; 0 for any.
    ///   - isDown: whether the provider is switched off.
    ///   - api: settles the checkouts.
    /// - Throws: an error if the port is taken.
    init(port: Int, isDown: @escaping @Sendable () -> Bool, api: RevenueMonsterAPI) async throws {
        var logger = Logger(label: "checkout-pages")
        logger.logLevel = .error
        let (ports, starting) = AsyncThrowingStream.makeStream(of: Int.self)
        let application = Application(
            router: Self.router(isDown, api),
            configuration: .init(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { starting.yield($0.localAddress?.port ?? 0) },
            logger: logger
        )
        var configuration = ServiceGroupConfiguration(services: [.init(service: application)], logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(5)
        let group = ServiceGroup(configuration: configuration)
        self.group = group
        running = Task {
            do {
                try await group.run()
                starting.finish()
            } catch {
                starting.finish(throwing: error)
                throw error
            }
        }
        var bound: Int?
        for try await port in ports {
            bound = port
            break
        }
        guard let bound, let url = URL(string: "http://127.0.0.1:\(bound)") else { throw CancellationError() }
        self.url = url
    }

    /// Closes the port when the requests at hand have been answered.
    func stop() async {
        await group.triggerGracefulShutdown()
        _ = try? await running.value
    }

    private static func router(
        _ isDown: @escaping @Sendable () -> Bool,
        _ api: RevenueMonsterAPI
    ) -> Router<BasicRequestContext> {
        let router = Router()
        let path = RouterPath(CheckoutPage.path)
        router.get(path) { request, _ in
            guard !isDown() else { return page(CheckoutPage.down, .serviceUnavailable) }
            guard let checkout = api.checkout(id(in: request)) else { return page(CheckoutPage.notFound, .notFound) }
            return page(CheckoutPage.html(of: checkout), .ok)
        }
        router.post(path) { request, _ in
            guard !isDown() else { return page(CheckoutPage.down, .serviceUnavailable) }
            let form = String(buffer: try await request.body.collect(upTo: 4096))
            let word = form.split(separator: "&").first { $0.hasPrefix("decision=") }?.dropFirst("decision=".count)
            guard let decision = word.flatMap({ PaymentLedger.Decision(rawValue: String($0)) }) else {
                return page(CheckoutPage.notFound, .badRequest)
            }
            guard let checkout = api.decide(decision, id(in: request)) else {
                return page(CheckoutPage.notFound, .notFound)
            }
            return Response(status: .seeOther, headers: [.location: checkout.redirect, .cacheControl: "no-store"])
        }
        return router
    }

    private static func id(in request: Request) -> String {
        request.uri.queryParameters["checkoutId"].map(String.init) ?? ""
    }

    private static func page(_ html: String, _ status: HTTPResponse.Status) -> Response {
        var response = Response(
            status: status,
            headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(string: html))
        )
        response.headers[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
        return response
    }
}
