internal import Foundation

/// Reads the members of one token answer.
struct TokenAnswerReader {
    private let answer: WireConventions.TokenAnswer
    /// The object that holds the tokens, and the whole answer.
    private let fields: JSONFields
    private let whole: JSONFields
    private let headers: WireHeaders
    private let requestedAt: Date
    /// Whether what stands beside the tokens and can't be read counts as absent.
    private let isLenient: Bool

    init(
        conventions: WireConventions,
        fields: JSONFields,
        headers: WireHeaders,
        requestedAt: Date,
        isLenient: Bool
    ) throws {
        answer = conventions.answer
        whole = fields
        if !answer.names.isEmpty { try Self.checkNames(answer) }
        (self.headers, self.requestedAt, self.isLenient) = (headers, requestedAt, isLenient)
        self.fields = try Self.container(of: fields, answer.containers) ?? fields
    }

    /// Of two fields that these conventions find under one name, one would be taken for the other.
    private static let all: [WireConventions.Field] = [
        .accessToken, .tokenType, .expiresIn, .expiresAt, .refreshToken, .refreshTokenExpiresIn, .refreshTokenExpiresAt,
        .scope, .idToken,
    ]

    private static func checkNames(_ answer: WireConventions.TokenAnswer) throws {
        var fields: [[String]: WireConventions.Field] = [:]
        for field in all {
            let name = answer.names[field] ?? field.standardName
            let members = JSONFields.members(of: name)
            guard !members.allSatisfy(\.isEmpty) else {
                throw TokenError(
                    .unreadableAnswer,
                    "The conventions give the member \(field.standardName) an empty name."
                )
            }
            guard let other = fields.updateValue(field, forKey: members) else { continue }
            throw TokenError(
                .unreadableAnswer,
                "The conventions find \(other.standardName) and \(field.standardName) in one member, \(ProviderText.clean(name))."
            )
        }
    }

    private static func container(of fields: JSONFields, _ paths: [String]) throws -> JSONFields? {
        for path in paths {
            if case .object(let container) = try fields.value(at: path) { return container }
        }
        return nil
    }

    var tokens: TokenSet {
        get throws {
            guard let accessToken = try text(.accessToken) else {
                throw TokenError(.unreadableAnswer, "The token answer has no access token.")
            }
            try checkType()
            let refreshToken = try beside {
                try text(.refreshToken).flatMap { $0.isEmpty ? nil : try RefreshToken($0) }
            }
            var set = try TokenSet(
                accessToken: Secret(accessToken),
                lifetime: beside { try lifetime(.expiresIn, .expiresAt) },
                refreshToken: refreshToken,
                refreshTokenLifetime: beside { try lifetime(.refreshTokenExpiresIn, .refreshTokenExpiresAt) },
                scopes: beside { try scopes },
                idToken: idToken
            )
            for name in answer.allExtras { set.extras[name] = try beside { try extra(name) } }
            return set
        }
    }

    /// Reads what stands beside the access token: if that can't be read, a lenient reading goes on without it.
    private func beside<Value>(_ read: () throws -> Value?) throws -> Value? {
        do { return try read() } catch {
            if isLenient { return nil }
            throw error
        }
    }

    /// The value under the provider's own name, else under the standard one, unless another field has it.
    private func value(_ field: WireConventions.Field) throws -> JSONFields.Value? {
        if let name = answer.names[field] {
            if let value = try fields.value(at: name) { return value }
            let standard = JSONFields.members(of: field.standardName)
            guard !answer.names.values.contains(where: { JSONFields.members(of: $0) == standard }) else { return nil }
        }
        return try fields.value(field.standardName)
    }

    private func text(_ field: WireConventions.Field) throws -> String? {
        if case .text(let text) = try value(field) { text } else { nil }
    }

    /// An invalid ID token is ignored: nothing depends on it.
    private var idToken: Secret? {
        guard let text = (try? text(.idToken)) ?? nil else { return nil }
        return (try? TokenText.check(Secret(text), named: "id token")).map { Secret(text) }
    }

    /// A missing type is taken (RFC 6749, section 7.1).
    private func checkType() throws {
        guard let value = try beside({ try value(.tokenType) }) else { return }
        if case .text = value {} else if isLenient { return }
        guard case .text(let type) = value, type.isEmpty || answer.tokenTypes.contains(ASCII.lowercase(type)) else {
            // A longer type may be a token in the wrong field.
            let shown =
                if case .text(let type) = value {
                    type.utf8.count <= 16 ? ProviderText.clean(type) : "of \(type.utf8.count) bytes"
                } else { "that is not a string" }
            let taken = answer.tokenTypes == ["bearer"] ? "Bearer" : "one that the conventions name"
            throw TokenError(.unreadableAnswer, "The token type \(shown) is not \(taken).")
        }
    }

    private var scopes: [String]? {
        get throws {
            switch try value(.scope) {
            case .text(let text): text.split { $0 == " " || $0 == "," }.map(String.init)
            case .list(let values): values.compactMap { if case .text(let text) = $0 { text } else { nil } }
            default: nil
            }
        }
    }

    // MARK: Lifetimes

    private func lifetime(_ seconds: WireConventions.Field, _ end: WireConventions.Field) throws -> Duration? {
        if let lifetime = Lifetime.read(try value(seconds)) {
            return lifetime == .zero && answer.zeroIsUnlimited ? nil : lifetime
        }
        return try value(end).map { try time(until: $0, named: answer.names[end] ?? end.standardName) } ?? nil
    }

    private func time(until value: JSONFields.Value, named name: String) throws -> Duration? {
        if case .number(0, _) = value, answer.zeroIsUnlimited { return nil }
        guard let end = ExpiryDate.read(value) else {
            throw TokenError(
                .unreadableAnswer,
                "The member \(ProviderText.clean(name)) of the token answer is no date."
            )
        }
        // Read only here: that takes longer than all the rest, and few answers have a date of expiry.
        let date = headers["Date"].flatMap(HTTPDate.read) ?? requestedAt
        let lifetime = Lifetime.between(date, end)
        if lifetime <= .zero {
            throw TokenError(
                .unreadableAnswer,
                "The date \(ProviderText.clean(name)) of the token answer lies in the past."
            )
        }
        return lifetime
    }

    // MARK: Extras

    private func extra(_ name: String) throws -> Secret? {
        guard let value = try fields.value(at: name) ?? whole.value(at: name) else { return nil }
        guard let text = value.scalar else { throw unreadable(name, "is no text, number, or flag") }
        guard text.utf8.count <= 1024 else { throw unreadable(name, "is longer than 1 KiB") }
        return Secret(text)
    }

    private func unreadable(_ name: String, _ why: String) -> TokenError {
        TokenError(.unreadableAnswer, "The member \(ProviderText.clean(name)) of the token answer \(why).")
    }
}
