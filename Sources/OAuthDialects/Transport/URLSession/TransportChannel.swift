#if URLSession
internal import Dispatch
internal import Foundation

#if canImport(FoundationNetworking)
internal import FoundationNetworking
#endif

/// A `URLSession` that keeps no state between requests, and its exchanges in progress.
package final class TransportChannel: Sendable {
    /// How many `URLSession` tasks this process has made.
    package static let taskCount = Locked(0)

    private let session: URLSession
    private let delegate: TransportDelegate
    private let keepsConnections: Bool
    private let cancellations = DispatchQueue(label: "OAuthDialects.URLSessionTransport.cancellations")

    init(_ configuration: URLSessionConfiguration, keepsConnections: Bool) {
        delegate = TransportDelegate()
        session = URLSession(configuration: configuration, delegate: delegate, delegateQueue: nil)
        self.keepsConnections = keepsConnections
    }

    deinit {
        // A session retains its delegate, queues, and connections until it is invalidated.
        session.finishTasksAndInvalidate()
    }

    /// Creates a suspended task whose events reach the exchange.
    func task(for request: WireRequest, _ exchange: TransportExchange) -> URLSessionTask {
        var request = URLRequest(wire: request)
        if !keepsConnections { request.setValue("close", forHTTPHeaderField: "Connection") }
        Self.taskCount.withLock { $0 += 1 }
        let task = session.dataTask(with: request)
        delegate.register(exchange, for: task)
        return task
    }

    func forget(_ task: URLSessionTask) {
        delegate.forget(task)
    }

    func cancel(_ task: URLSessionTask, _ exchange: TransportExchange) {
        guard exchange.abandon() else { return }
        // On Linux `cancel()` blocks on the session's queue; the caller should not.
        cancellations.async { task.cancel() }
    }
}

extension URLSessionConfiguration {
    /// A copy that keeps no state between requests.
    var forgetful: URLSessionConfiguration {
        let copy = copy() as! URLSessionConfiguration
        copy.urlCache = nil
        copy.requestCachePolicy = .reloadIgnoringLocalCacheData
        copy.urlCredentialStorage = nil
        copy.httpCookieStorage = nil
        copy.httpCookieAcceptPolicy = .never
        copy.httpShouldSetCookies = false
        return copy
    }
}
#endif
