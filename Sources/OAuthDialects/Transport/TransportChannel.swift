internal import Dispatch
internal import Foundation

#if canImport(FoundationNetworking)
internal import FoundationNetworking
#endif

/// A `URLSession` without a memory, and the exchanges that are under way in it.
final class TransportChannel: Sendable {
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
        // A session holds on to its delegate, its queues and its connections until it is told.
        session.finishTasksAndInvalidate()
    }

    /// A task that has not started; its events reach the exchange.
    func task(for request: WireRequest, _ exchange: TransportExchange) -> URLSessionTask {
        var request = URLRequest(wire: request)
        if !keepsConnections { request.setValue("close", forHTTPHeaderField: "Connection") }
        let task = session.dataTask(with: request)
        delegate.register(exchange, for: task)
        return task
    }

    func forget(_ task: URLSessionTask) {
        delegate.forget(task)
    }

    func cancel(_ task: URLSessionTask, _ exchange: TransportExchange) {
        guard exchange.abandon() else { return }
        // On Linux `cancel()` waits for the session's own queue; whoever cancels should not.
        cancellations.async { task.cancel() }
    }
}

extension URLSessionConfiguration {
    /// A copy that remembers nothing from one request to the next.
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
