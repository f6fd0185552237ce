import OAuthDialects

/// The data of server-sent events, from the bytes of an answer.
struct EventLines: AsyncSequence {
    private let bytes: WireBytes

    init(_ bytes: WireBytes) { self.bytes = bytes }

    func makeAsyncIterator() -> Iterator { Iterator(bytes: bytes.makeAsyncIterator()) }

    struct Iterator: AsyncIteratorProtocol {
        fileprivate var bytes: WireBytes.Iterator
        private var rest: [UInt8] = []
        private var data: [String] = []

        fileprivate init(bytes: WireBytes.Iterator) { self.bytes = bytes }

        mutating func next() async throws -> String? {
            while true {
                while let end = rest.firstIndex(of: 10) {
                    let line = String(decoding: rest[..<end], as: UTF8.self)
                    rest.removeSubrange(...end)
                    if line.hasPrefix("data:") {
                        data.append(String(line.dropFirst(5)))
                    } else if line.isEmpty, !data.isEmpty {
                        defer { data = [] }
                        return data.joined(separator: "\n")
                    }
                }
                guard let more = try await bytes.next() else { return nil }
                rest += more
            }
        }
    }
}
