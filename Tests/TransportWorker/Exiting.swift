#if os(Linux)
import Foundation
import OAuthDialects

/// An exit with transfers in the air.
struct Exiting {
    private let url: URL
    private let transport: LibcurlTransport

    init(_ url: URL, _ caFile: String) throws {
        self.url = url
        var configuration = LibcurlTransport.Configuration()
        configuration.additionalCAFile = caFile
        transport = try LibcurlTransport(configuration)
    }

    func run(delay: UInt32) async throws {
        let (answers, arrivals) = AsyncStream.makeStream(of: String.self)
        for _ in 0..<50 {
            Task { [transport, url] in
                while true { arrivals.yield(await TransportWorker.result(url, by: transport, method: "GET")) }
            }
        }
        for await answer in answers {
            say(answer)
            break
        }
        // At another stage of the others each time.
        usleep(delay)
        exit(0)
    }
}
#endif
