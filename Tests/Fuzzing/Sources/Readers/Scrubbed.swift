import Dispatch
import Foundation
import OAuthDialects
import OAuthDialectsTesting

/// A secret that stands in a provider's words in some spelling is not shown, whatever stands around it.
///
/// The first byte chooses the spelling, the second where the secret is divided, and the third where it is put.
func readScrubbed(_ bytes: Data) {
    let words = String(decoding: bytes.dropFirst(3), as: UTF8.self)
    let header = Array(bytes.prefix(3)) + [0, 0, 0]
    let spelling = Spelling(number: Int(header[0]))
    let scalars = Array(words.unicodeScalars)
    let place = Int(header[2]) % (scalars.count + 1)
    func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        scalars.reduce(into: "") { $0.unicodeScalars.append($1) }
    }
    // The border keeps the words from being read as a part of the spelling.
    let message = "\(text(scalars[..<place])) | \(spelling.text) | \(text(scalars[place...]))"
    if let error = refusal(["error": "no", "error_description": message]) {
        expect(!spelling.isShown(in: "\(error) \(error.refusal?.message ?? "")"), "no part of a secret is shown")
        expectPresentable(error)
    }
    let split = Int(header[1]) % Spelling.secret.count
    let (head, tail) = (String(Spelling.secret.prefix(split)), String(Spelling.secret.dropFirst(split)))
    if let error = refusal(["error": "| \(head)", "error_description": "\(tail) | \(words)"]) {
        expect(error.refusal?.code == (split == 0 ? "| " : "| <redacted>"), "the head of a divided secret is redacted")
        expect(error.refusal?.message?.hasPrefix("<redacted>") == true, "the tail of a divided secret is redacted")
    }
}

/// A secret as a provider may spell it.
private struct Spelling {
    static let secret = "Zq3vR8mK1xWp7b/4+Yt&<\""

    let text: String
    /// How many characters eight bytes of the secret have.
    private let run: Int

    init(number: Int) {
        let bytes = Array(Self.secret.utf8)
        func hexadecimal(_ byte: UInt8) -> String { String(byte >> 4, radix: 16) + String(byte & 15, radix: 16) }
        (text, run) =
            switch number % 8 {
            case 0: (Self.secret, 8)
            case 1: (bytes.map { "%" + hexadecimal($0) }.joined(), 24)
            case 2: (bytes.map(hexadecimal).joined(), 16)
            case 3: (bytes.map { "&#\($0);" }.joined(), 48)
            case 4: (bytes.map { #"\u00"# + hexadecimal($0) }.joined(), 48)
            case 5: (Data("x\(Self.secret)".utf8).base64EncodedString(), 12)
            case 6: (String(Self.secret.dropLast(number / 8 % 10)), 8)
            default: (String(Self.secret.dropFirst(number / 8 % 10)), 8)
            }
    }

    func isShown(in shown: String) -> Bool {
        let (bytes, shown) = (Array(text.utf8), Array(shown.utf8))
        guard shown.count >= run else { return false }
        let parts = Set((0...(bytes.count - run)).map { Array(bytes[$0..<($0 + run)]) })
        return (0...(shown.count - run)).contains { parts.contains(Array(shown[$0..<($0 + run)])) }
    }
}

/// The error of a session whose provider refuses with these fields.
private func refusal(_ fields: [String: String]) -> TokenError? {
    guard let body = try? JSONSerialization.data(withJSONObject: fields) else { return nil }
    let answer = WireResponse(status: 400, headers: ["Content-Type": "application/json"], body: body)
    var policy = RenewalPolicy()
    // The clock stands still, so that a second attempt would never come.
    policy.attempts = 1
    let session = TokenSession(
        dialect: Dialects.all[0],
        credentials: ClientCredentials(id: "id", secret: Spelling.secret),
        transport: OneAnswer(answer),
        policy: policy,
        clock: TestClock(date: Dialects.date)
    )
    let end = DispatchSemaphore(value: 0)
    let said = Said()
    let failure = Failure()
    Task.detached {
        do { said.add("\(try await session.accessToken())") } catch { failure.set(error as? TokenError) }
        end.signal()
    }
    end.wait()
    expect(said.text.isEmpty, "a refusal brings no token")
    return failure.error
}
