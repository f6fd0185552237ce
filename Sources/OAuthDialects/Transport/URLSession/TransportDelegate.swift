#if URLSession
internal import Foundation

#if canImport(FoundationNetworking)
internal import FoundationNetworking
#endif

/// The delegate of a session, which forwards each event to its exchange.
///
/// On Linux only a session's delegate receives every event; a task's delegate hangs on a redirect or is ignored.
final class TransportDelegate: NSObject, URLSessionDataDelegate {
    private let exchanges = Locked<[Int: TransportExchange]>([:])

    func register(_ exchange: TransportExchange, for task: URLSessionTask) {
        exchanges.withLock { $0[task.taskIdentifier] = exchange }
    }

    func forget(_ task: URLSessionTask) {
        exchanges.withLock { $0[task.taskIdentifier] = nil }
    }

    private func exchange(of task: URLSessionTask) -> TransportExchange? {
        exchanges.withLock { $0[task.taskIdentifier] }
    }

    func urlSession(
        _ session: URLSession,
        dataTask: URLSessionDataTask,
        didReceive response: URLResponse,
        completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
    ) {
        let goesOn = exchange(of: dataTask)?.receive(response) ?? true
        completionHandler(goesOn ? .allow : .cancel)
        // Linux ignores the disposition.
        if !goesOn { dataTask.cancel() }
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        guard let exchange = exchange(of: dataTask) else { return }
        switch exchange.receive(data, at: SystemClock().now) {
        case .goOn: break
        case .wait:
            dataTask.suspend()
            // Who has read everything meanwhile has resumed the task before it was suspended.
            if exchange.resumesIfRead() { dataTask.resume() }
        case .stop: dataTask.cancel()
        }
    }

    func urlSession(
        _ session: URLSession,
        task: URLSessionTask,
        didSendBodyData bytesSent: Int64,
        totalBytesSent: Int64,
        totalBytesExpectedToSend: Int64
    ) {
        exchange(of: task)?.noteBodySent()
    }

    func urlSession(
        _ session: URLSession,
        task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest,
        completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        let isAwaited = exchange(of: task)?.refuseRedirect() ?? false
        #if canImport(FoundationNetworking)
        // On Linux, answering the redirect of a task that has been cancelled crashes the process.
        guard isAwaited else { return }
        #endif
        completionHandler(nil)
    }

    func urlSession(
        _ session: URLSession,
        task: URLSessionTask,
        didReceive challenge: URLAuthenticationChallenge,
        completionHandler: @escaping @Sendable (URLSession.AuthChallengeDisposition, URLCredential?) -> Void
    ) {
        guard challenge.failureResponse is HTTPURLResponse else {
            return completionHandler(.performDefaultHandling, nil)
        }
        #if canImport(FoundationNetworking)
        // On Linux a 401 with `WWW-Authenticate: Basic` arrives here after its body and then hangs forever;
        // elsewhere the task goes on to the body after a rejected challenge.
        exchange(of: task)?.complete(challenge.failureResponse, nil)
        #endif
        completionHandler(.rejectProtectionSpace, nil)
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        exchange(of: task)?.complete(task.response, error)
        forget(task)
    }
}
#endif
