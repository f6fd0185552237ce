import Foundation
import OAuthDialects
import Testing

/// Broken in every place, and at random: an answer is read or refused, and nothing crashes.
extension Heavy {
    struct TruncationTests {
        @Test(arguments: [0, 1, 2, 3])
        func `A page's answer cut at any byte is a typed error`(_ number: Int) throws {
            let answer = try Document(number).answer()
            for length in 0..<answer.count {
                let response = WireResponse(status: 200, body: answer.prefix(length))
                let error = tokenError { try WireConventions().tokens(in: response) }
                #expect(error?.code == .unreadableAnswer, "cut at \(length)")
                #expect(Sample.standard().refusal(in: response) == nil)
            }
        }

        @Test(arguments: [0, 3])
        func `A page's answer that begins at any byte is a typed error`(_ number: Int) throws {
            let answer = try Document(number).answer()
            for start in 1...answer.count {
                // A slice: its indices do not begin at zero.
                let response = WireResponse(status: 200, body: answer.dropFirst(start))
                #expect(tokenError { try WireConventions().tokens(in: response) }?.code == .unreadableAnswer)
            }
        }

        @Test func `An answer in a slice is read as if it were whole`() throws {
            let answer = try Document(3).answer()
            let whole = try WireConventions().tokens(in: WireResponse(status: 200, body: answer))
            let slice = (Data("garbage".utf8) + answer).dropFirst(7)
            #expect(try WireConventions().tokens(in: WireResponse(status: 200, body: slice)) == whole)
        }

        @Test(arguments: 1...8)
        func `Answers changed at random crash nothing`(_ seed: UInt64) throws {
            var random = SplitMix(seed: seed)
            var seeds = try (0...3).map { try Array(Document($0).answer()) }
            seeds += [
                #"{"error":{"code":"X","message":"m","description":{"a":["b"]}},"debug":null}"#,
                #"{"errors":[{"message":"\u00e9\ud83d\ude00","extensions":{"code":"C"}},"text"],"data":null}"#,
                #"{"access_token":"X.Y","expires_in":"1e3","scope":["a","b"],"token_type":"bearer"}"#,
            ].map { Array($0.utf8) }
            for _ in 0..<500 {
                var bytes = try #require(seeds.randomElement(using: &random))
                for _ in 0...Int.random(in: 0..<6, using: &random) { mutate(&bytes, &random) }
                let response = WireResponse(status: [200, 400].randomElement(using: &random) ?? 200, body: Data(bytes))
                for named in [NamedDialect.weTix, .revenueMonster] {
                    if let refusal = named.dialect.refusal(in: response) {
                        _ = named.dialect.remedy(for: refusal, of: Sample.exchange())
                    }
                    let read = Result { try named.dialect.tokens(in: response, for: Sample.exchange()) }
                    if case .failure(let error) = read {
                        #expect((error as? TokenError)?.code == .unreadableAnswer, "seed \(seed): \(bytes)")
                    }
                }
            }
        }

        private func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix) {
            let place = Int.random(in: 0...max(0, bytes.count - 1), using: &random)
            guard !bytes.isEmpty else { return bytes.append(0x7B) }
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: place)
            case 2:
                bytes.insert(Array("\"\\{}[],:0eE+-.tfn\u{0}\u{20}".utf8).randomElement(using: &random) ?? 0, at: place)
            case 3: bytes.removeSubrange(place...)
            case 4: bytes.insert(contentsOf: bytes[place...].prefix(40), at: place)
            default: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            }
        }
    }
}
