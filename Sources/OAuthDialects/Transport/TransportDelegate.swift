internal import Foundation

#if canImport(FoundationNetworking)
internal import FoundationNetworking
#endif

/// The session's one delegate, which hands each event to the exchange it belongs to.
///
/// On Linux only the delegate of a whole session sees everything: one given to a task hangs on a redirect or is ignored.
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
        // Linux ignores what the handler is told.
        if !goesOn { dataTask.cancel() }
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let goesOn = exchange(of: dataTask)?.receive(data) ?? true
        if !goesOn { dataTask.cancel() }
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
        // On Linux an answer to the redirect of a task that was cancelled meanwhile ends the process.
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
        // On Linux a 401 with `WWW-Authenticate: Basic` comes here once its body is complete, and then hangs for ever;
        // elsewhere a rejected challenge goes on to the body.
        exchange(of: task)?.complete(challenge.failureResponse, nil)
        #endif
        completionHandler(.rejectProtectionSpace, nil)
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        exchange(of: task)?.complete(task.response, error)
        forget(task)
    }
}
