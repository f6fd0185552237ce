internal import Foundation
internal import OAuthDialects

extension DialectBench {
    /// A provider may quote what it was sent, spelled in any way: no part of it is in an error or an event of the session.
    var scrubbing: [ConformanceCase] {
        grants.flatMap { grant in
            QuotedSecret.spellings.map { spelling in
                ConformanceCase(
                    .quotedSecrets,
                    "\(grant.type): a refusal that quotes the secrets, \(spelling.name)",
                    "no part of them in the error and the events"
                ) { try await shown(of: grant, quoted: spelling) }
            }
        }
    }

    private func shown(of grant: Grant, quoted spelling: QuotedSecret) async throws -> String? {
        let secrets = (secrets(of: grant) + [Self.credentials.secret].compactMap(\.self)).map(\.revealed)
        let isUser = grant.type != "client_credentials"
        let account = try Account("conformance")
        let said = Locked<Set<String>>([])
        var policy = RenewalPolicy()
        policy.attempts = 1
        for secret in secrets {
            let quoted = spelling.write(secret)
            let session = TokenSession(
                dialect: dialect,
                credentials: Self.credentials,
                identity: isUser ? .user(account) : .client(),
                transport: QuotingTransport(quoted: quoted),
                policy: policy,
                clock: TestClock(),
                onEvent: { event in said.withLock { $0.formUnion(PrintedForms.of(event)) } }
            )
            do {
                if isUser { try await session.signIn(with: grant) } else { _ = try await session.accessToken() }
                return "a token"
            } catch {
                said.withLock { $0.formUnion(PrintedForms.of(error)) }
            }
            let texts = said.withLock { said in
                defer { said = [] }
                return said
            }
            if texts.contains(where: quoted.isShown) { return "a part of a secret" }
        }
        return nil
    }
}

/// A way of quoting a secret.
struct QuotedSecret: Sendable {
    let name: String
    let write: @Sendable (String) -> Quotation

    /// What a refusal says, in two fields, and the spelled secret.
    struct Quotation: Sendable {
        let code: String
        let message: String
        let spelled: String

        /// Whether a text has 16 characters in a row of the spelled secret, or all of a short one.
        func isShown(in text: String) -> Bool {
            let bytes = Array(spelled.utf8)
            let count = min(bytes.count, 16)
            let text = Array(text.utf8)
            guard count > 0, text.count >= count else { return false }
            let parts = Set((0...(bytes.count - count)).map { bytes[$0..<($0 + count)] })
            let starts = Set(parts.compactMap(\.first))
            return (0...(text.count - count)).contains {
                starts.contains(text[$0]) && parts.contains(text[$0..<($0 + count)])
            }
        }
    }

    static let spellings = [
        message("as it is") { $0 },
        message("without its last 3 bytes") { String($0.dropLast(3)) },
        message("every byte percent-encoded") { $0.utf8.map { "%" + hexadecimal($0) }.joined() },
        message("in hexadecimal") { $0.utf8.map(hexadecimal).joined() },
        message("in HTML entities") { $0.unicodeScalars.map { "&#\($0.value);" }.joined() },
        message("in escapes of JSON") { text in
            text.utf16.map { #"\u"# + hexadecimal(UInt8($0 >> 8)) + hexadecimal(UInt8($0 & 0xFF)) }.joined()
        },
        message("in Base64, shifted by a byte") { Data("x\($0)".utf8).base64EncodedString() },
        QuotedSecret(name: "divided between code and message") { secret in
            let scalars = secret.unicodeScalars
            let tail = String(scalars.dropFirst(scalars.count / 2))
            return Quotation(code: String(scalars.prefix(scalars.count / 2)), message: tail, spelled: tail)
        },
    ]

    private static func message(_ name: String, _ spell: @escaping @Sendable (String) -> String) -> Self {
        QuotedSecret(name: name) { secret in
            let spelled = spell(secret)
            return Quotation(code: "invalid_request", message: "It was \(spelled) here", spelled: spelled)
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }
}

/// A provider that refuses everything with the same words.
private struct QuotingTransport: WireTransport {
    let quoted: QuotedSecret.Quotation

    func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse {
        let members = [
            #""error":\#(JSONValue.text(quoted.code).text)"#,
            #""error_description":\#(JSONValue.text(quoted.message).text)"#,
        ]
        let body = "{\(members.joined(separator: ","))}"
        return WireResponse(status: 400, headers: ["Content-Type": "application/json"], body: Data(body.utf8))
    }
}
