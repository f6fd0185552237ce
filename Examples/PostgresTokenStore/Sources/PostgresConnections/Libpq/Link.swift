import CLibPQ
import Foundation
import OAuthDialects

/// A libpq connection whose calls return by a deadline (PostgreSQL, chapter 34.4).
///
/// It runs one statement at a time, outside a transaction, and keeps no state in the server's session, so that a pooler may run
/// each statement on another connection.
final class Link {
    /// How long a task that is cancelled keeps waiting for a connection, at most.
    private static let slice = Duration.milliseconds(50)

    private let handle: OpaquePointer
    private let clock: SystemClock = .system

    init(to address: ServerAddress, by deadline: SessionInstant) throws {
        Library.enter()
        defer { Library.leave() }
        // The parser's message would quote the text that it can't read, which may be the password.
        guard !address.isAmbiguous, let options = PQconninfoParse(address.text.revealed, nil) else {
            throw PostgresError.unreadableAddress
        }
        PQconninfoFree(options)
        guard
            let handle = Self.withPointers(
                ["dbname", "fallback_application_name"],
                { names in
                    Self.withPointers([address.text.revealed, address.applicationName]) {
                        PQconnectStartParams(names, $0, 1)
                    }
                }
            )
        else {
            throw PostgresError(.connectionFailed, "Out of memory for a connection.")
        }
        self.handle = handle
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        // The only way to get the SQLSTATE of a rejected connection.
        PQsetErrorVerbosity(handle, PQERRORS_VERBOSE)
        try connect(by: deadline)
        PQsetnonblocking(handle, 1)
    }

    deinit {
        Library.enter()
        PQfinish(handle)
        Library.leave()
    }

    func run(_ statement: Statement, by deadline: SessionInstant) throws -> [Row] {
        Library.enter()
        defer { Library.leave() }
        let values = statement.values.map(\.data)
        let lengths = values.map { Int32($0?.count ?? 0) }
        let formats = [Int32](repeating: 1, count: values.count)
        let sent = Self.withPointers(values) { values in
            PQsendQueryParams(handle, statement.text, Int32(lengths.count), nil, values, lengths, formats, 1)
        }
        guard sent == 1 else { throw failure(.connectionFailed) }
        return try results(by: deadline).flatMap(\.rows)
    }

    func run(script: String, by deadline: SessionInstant) throws {
        Library.enter()
        defer { Library.leave() }
        guard PQsendQuery(handle, script) == 1 else { throw failure(.connectionFailed) }
        _ = try results(by: deadline)
    }

    private func connect(by deadline: SessionInstant) throws {
        var next = PGRES_POLLING_WRITING
        while next != PGRES_POLLING_OK {
            guard next != PGRES_POLLING_FAILED else { throw failure(.connectionFailed) }
            let event = next == PGRES_POLLING_READING ? POLLIN : POLLOUT
            while try !isReady(for: event, within: min(Self.slice, deadline - clock.now)) {
                try Task.checkCancellation()
                guard clock.now < deadline else { throw Self.silence }
            }
            next = PQconnectPoll(handle)
        }
    }

    private func results(by deadline: SessionInstant) throws -> [StatementResult] {
        var results: [StatementResult] = []
        while true {
            try drain(by: deadline)
            guard let result = PQgetResult(handle).map(StatementResult.init) else { break }
            results.append(result)
        }
        guard PQstatus(handle) == CONNECTION_OK else {
            throw results.lazy.compactMap(\.failure).first ?? failure(.connectionFailed)
        }
        if let failure = results.lazy.compactMap(\.failure).first { throw failure }
        return results
    }

    /// Sends the rest of the statement, and receives until there is a result.
    private func drain(by deadline: SessionInstant) throws {
        while true {
            let unsent = PQflush(handle)
            guard unsent >= 0 else { throw failure(.connectionFailed) }
            if unsent == 0, PQisBusy(handle) == 0 { return }
            let event = unsent == 1 ? POLLIN | POLLOUT : POLLIN
            guard try isReady(for: event, within: deadline - clock.now) else { throw Self.silence }
            guard PQconsumeInput(handle) == 1 else { throw failure(.connectionFailed) }
        }
    }

    private func isReady(for event: Int32, within time: Duration) throws -> Bool {
        let socket = PQsocket(handle)
        guard socket >= 0 else { throw failure(.connectionFailed) }
        var watched = pollfd(fd: socket, events: Int16(event), revents: 0)
        let milliseconds = max(time, .zero) / .milliseconds(1)
        Library.leave()
        defer { Library.enter() }
        return poll(&watched, 1, Int32(milliseconds.rounded(.up))) > 0
    }

    private func failure(_ code: PostgresError.Code) -> PostgresError {
        VerboseMessage(PQerrorMessage(handle).map { String(cString: $0) } ?? "").failure(code)
    }

    private static let silence = PostgresError(.timedOut, "The server did not answer in time.")
}

extension Link {
    /// Passes an array of C strings to a call; a `nil` ends it.
    private static func withPointers<Result>(
        _ texts: [String],
        _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
    ) -> Result {
        withPointers(texts.map { Data(($0 + "\0").utf8) } + [nil]) { body($0) }
    }

    private static func withPointers<Result>(
        _ values: [Data?],
        _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
    ) -> Result {
        // One buffer for all: pointers into it are valid inside the closure. Each value has an extra byte, so that none is empty.
        let bytes = values.reduce(into: Data()) { $0 += ($1 ?? Data()) + [0] }
        return bytes.withUnsafeBytes { buffer in
            var start = 0
            let pointers = values.map { value -> UnsafePointer<CChar>? in
                defer { start += (value?.count ?? 0) + 1 }
                return value == nil
                    ? nil : buffer.baseAddress.map { ($0 + start).assumingMemoryBound(to: CChar.self) }
            }
            return (pointers + [nil]).withUnsafeBufferPointer { body($0.baseAddress!) }
        }
    }
}
