// What Apple's URLSession has and Linux's has not, as far as the package uses it; only ever type-checked, by .ci/apple.
internal import Foundation
public import FoundationNetworking

extension URLSession {
    public struct AsyncBytes: AsyncSequence, Sendable {
        public typealias Element = UInt8

        public struct AsyncIterator: AsyncIteratorProtocol {
            public mutating func next() async throws -> UInt8? { nil }
        }

        public let task: URLSessionDataTask

        public func makeAsyncIterator() -> AsyncIterator { AsyncIterator() }
    }

    public func bytes(
        for request: URLRequest,
        delegate: (any URLSessionTaskDelegate)? = nil
    ) async throws -> (AsyncBytes, URLResponse) {
        throw URLError(.unknown)
    }
}
