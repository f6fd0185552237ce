import Foundation
import OAuthDialects

/// Conventions of which every setting is chosen by the first bytes of an input; the rest of it is an answer.
struct RandomConventions {
    /// How many bytes choose; what is chosen behind them is the first of its choices.
    static let headerBytes = 96

    private(set) var conventions = WireConventions()
    private(set) var identity = Dialects.identities[0]
    private(set) var exchange = RandomExchanges.all[0]
    let answer: WireResponse
    /// The texts of the answer, second opinion of the reader's.
    let texts: [String]

    /// The names of the extras, and whether their values must not be shown.
    private(set) var extras: [String: Bool] = [:]

    private var choices: Data
    private let words: [String]

    init(_ bytes: Data) {
        choices = bytes.prefix(Self.headerBytes)
        answer = RawAnswer(bytes.dropFirst(Self.headerBytes)).response
        texts = Texts(answer.body).all
        // Names that are in the answer; a text that is longer may be a secret.
        let found = texts.filter { text in text.utf8.count <= 24 && !Self.isSecret(text) }
        words = Self.strangeWords + Self.fields.map(\.name) + found.prefix(48)
        conventions.request = request()
        conventions.answer = tokenAnswer()
        conventions.refusal = refusal()
        conventions.tokenPlacement = placement()
        conventions.scopeSeparator = one(of: [" ", ",", "", "+", ", ", "\n"])
        conventions.pkce = one(of: [.s256, .unsupported])
        conventions.refreshTokenRotation = one(of: [.unknown, .rotates, .reusable])
        identity = one(of: Dialects.identities)
        exchange = one(of: RandomExchanges.all)
        conventions.offlineScope = one(of: [nil, "offline", "", "no scope", "\"", word()])
    }

    private static func isSecret(_ text: String) -> Bool {
        RandomExchanges.secrets.contains { text.contains($0) }
    }

    private static let fields: [(name: String, field: WireConventions.Field)] = [
        ("grant_type", .grantType), ("client_id", .clientID), ("client_secret", .clientSecret), ("code", .code),
        ("redirect_uri", .redirectURI), ("code_verifier", .codeVerifier), ("refresh_token", .refreshToken),
        ("scope", .scope), ("access_token", .accessToken), ("token_type", .tokenType), ("expires_in", .expiresIn),
        ("expires_at", .expiresAt), ("refresh_token_expires_in", .refreshTokenExpiresIn),
        ("refresh_token_expires_at", .refreshTokenExpiresAt),
    ]

    private static let strangeWords = [
        "id_token", "state",
        "", ".", "[]", "data", "data.token", "data..token", "errors[].errorType", "errors[]", "[].code", "accessToken",
        "ACCESS__TOKEN", "refreshToken", "access_token.", "token[]", "error", "message", "ok", "Accept", "User-Agent",
        "Authorization", "Bearer", "bad name", "a\r\nb: c", "\u{0}", "\u{202E}", "e\u{301}", "&=?#%+", "'\"\\$(id)`",
        "read", "client_credentials", "\u{1F600}", String(repeating: "long", count: 1100),
    ]
}

// MARK: Secrets

extension RandomConventions {
    /// What of the answer's top level a secret extra names: texts, and numbers with many digits.
    var secretExtras: [String] {
        let members = (try? JSONSerialization.jsonObject(with: answer.body)) as? [String: Any] ?? [:]
        return extras.filter(\.value).keys.compactMap { name in
            // A member that is there twice is no extra.
            guard texts.count(where: { Self.folded($0) == Self.folded(name) }) == 1,
                let member = members.first(where: { Self.folded($0.key) == Self.folded(name) })
            else { return nil }
            return member.value as? String ?? (member.value as? Int64).map(String.init)
        }.filter(isRare)
    }

    private static func folded(_ name: String) -> String { name.lowercased().replacing("_", with: "") }

    /// Whether a text stands in no other by chance, nor in what the conventions say.
    func isRare(_ text: String) -> Bool {
        text.utf8.count > 15 && !words.contains { $0.contains(text) || text.contains($0) && $0.utf8.count > 15 }
    }
}

// MARK: Settings

extension RandomConventions {
    private mutating func request() -> WireConventions.TokenRequest {
        var request = WireConventions().request
        request.bodyEncoding = one(of: [.form, .json, .query])
        request.fieldNaming = one(of: [.snakeCase, .camelCase])
        request.clientAuthentication = one(of: [.basicFormEncoded, .basic, .body, .publicClient, .none])
        request.names = Dictionary(several { ($0.field(), $0.word()) }) { $1 }
        request.values = Dictionary(several { ($0.field(), [$0.value(): $0.word()]) }) { $1 }
        request.omitted = Set(several { $0.field() })
        request.added = several {
            let (name, value) = ($0.word(), $0.word())
            return $0.flag() ? WireField(name, secret: Secret(value)) : WireField(name, value)
        }
        request.repeatsClientID = flag()
        request.repeatsScopes = flag()
        return request
    }

    private mutating func tokenAnswer() -> WireConventions.TokenAnswer {
        var answer = WireConventions().answer
        answer.containers = several { $0.word() }
        answer.names = Dictionary(several { ($0.field(), $0.word()) }) { $1 }
        let types = several { $0.word() }
        if !types.isEmpty { answer.tokenTypes = Set(types) }
        answer.zeroIsUnlimited = one(of: [false, true])
        answer.extras = several { $0.word() }
        answer.secretExtras = several { $0.word() }
        for name in answer.extras { extras[name] = false }
        for name in answer.secretExtras { extras[name] = true }
        return answer
    }

    private mutating func refusal() -> WireConventions.RefusalFormat {
        var refusal = WireConventions().refusal
        let name = word()
        refusal.success = one(of: [
            nil, .init(name, flag()), .init(name, 0), .init(name, Int.min), .init(name, 0.5), .init(name, word()),
        ])
        refusal.codes = several { $0.word() }
        refusal.messages = several { $0.word() }
        refusal.remedies = Dictionary(several { ($0.word(), $0.remedy()) }) { $1 }
        refusal.rejections = Set(several { $0.word() })
        return refusal
    }

    private mutating func remedy() -> Remedy {
        one(of: [.discardGrant, .retryLater, .unknown, .fixConfiguration(hint: word())])
    }

    private mutating func placement() -> WireConventions.TokenPlacement {
        one(of: [.bearer, .query(word()), .header(word(), scheme: nil), .header(word(), scheme: word())])
    }
}

// MARK: Choices

extension RandomConventions {
    private mutating func byte() -> Int { Int(choices.popFirst() ?? 0) }

    private mutating func flag() -> Bool { !byte().isMultiple(of: 2) }

    private mutating func one<Value>(of values: [Value]) -> Value { values[byte() % values.count] }

    private mutating func word() -> String { one(of: words) }

    /// A word that a request sends.
    private mutating func value() -> String {
        one(of: ["client_credentials", "refresh_token", "authorization_code", "read", "https://app.example/callback"])
    }

    private mutating func field() -> WireConventions.Field { one(of: Self.fields).field }

    private mutating func several<Value>(_ make: (inout Self) -> Value) -> [Value] {
        let count = byte() % 4
        return (0..<count).map { _ in make(&self) }
    }
}

/// The texts in a body: every JSON string with its escapes undone, and every name and value of a form.
private struct Texts {
    private(set) var all: [String] = []

    init(_ body: Data) {
        var rest = Array(body)[...]
        while let start = rest.firstIndex(of: UInt8(ascii: "\"")) {
            var end = start + 1
            while end < rest.endIndex, rest[end] != UInt8(ascii: "\"") {
                end += rest[end] == UInt8(ascii: "\\") ? 2 : 1
            }
            guard end < rest.endIndex else { break }
            if let text = Self.text(rest[start...end]) { all.append(text) }
            rest = rest[(end + 1)...]
        }
        for pair in String(decoding: body, as: UTF8.self).split(separator: "&") {
            for half in pair.split(separator: "=", maxSplits: 1) {
                if let text = half.replacing("+", with: " ").removingPercentEncoding { all.append(text) }
            }
        }
    }

    /// A control character that is not escaped is taken as it is.
    private static func text(_ quoted: ArraySlice<UInt8>) -> String? {
        guard quoted.contains(UInt8(ascii: "\\")) else {
            return String(validating: quoted.dropFirst().dropLast(), as: UTF8.self)
        }
        return try? JSONDecoder().decode(String.self, from: Data(quoted))
    }
}
