import Foundation
import OAuthDialects
import OAuthDialectsTesting
import OAuthProviders

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

struct Order: Codable, Equatable {
    struct Item: Codable, Equatable {
        let name: String
        let price: Double
    }

    let id: Int
    let items: [Item]

    static let sample = Order(id: 7, items: [Item(name: "tea", price: 2.5)])
    static let text = #"{"id":7,"items":[{"name":"tea","price":2.5}]}"#
}

/// A sandbox with one route, whose answers a test scripts, and a session of it.
struct Shop {
    let sandbox: ProviderSandbox
    let session: TokenSession
    let clock: TestClock
    private let requests: Locked<[WireRequest]>

    /// The last answer stands for all that follow.
    init(_ provider: ProviderSandbox.Provider = .tiki, _ answers: WireResponse...) {
        let sandbox = ProviderSandbox(provider)
        let (requests, script) = (Locked<[WireRequest]>([]), Locked(answers))
        for method in ["GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE"] {
            sandbox.stub(method, "/orders") { request in
                requests.withLock { $0.append(request) }
                return script.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? .order }
            }
        }
        self.requests = requests
        self.sandbox = sandbox
        session = sandbox.session()
        clock = (sandbox.clock as? TestClock) ?? TestClock()
    }

    var sent: [WireRequest] { requests.withLock { $0 } }
    var url: URL { sandbox.url("/orders") }

    func request(_ method: String = "GET", _ headers: [String: String] = [:], to path: String = "/orders") -> URLRequest
    {
        var request = URLRequest(url: sandbox.url(path))
        request.httpMethod = method
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        return request
    }

    /// The error of a call.
    func apiError(_ body: () async throws -> Void) async -> APIError? {
        do { try await body() } catch { return error as? APIError }
        return nil
    }

    /// The error of a call that got no answer.
    func tokenError(_ body: () async throws -> Void) async -> TokenError? {
        do { try await body() } catch { return error as? TokenError }
        return nil
    }
}

extension WireResponse {
    static let order = Self.json(200, Order.text)

    static func json(_ status: Int, _ text: String, _ headers: WireHeaders = [:]) -> Self {
        var headers = headers
        headers["Content-Type"] = "application/json"
        return Self(status: status, headers: headers, body: Data(text.utf8))
    }
}

extension RepeatPolicy {
    /// Without pauses, but for those that a provider asks for.
    static let atOnce = RepeatPolicy(backoff: .zero ... .zero)
}
