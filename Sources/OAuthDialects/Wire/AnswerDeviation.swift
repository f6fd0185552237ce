/// A difference between a token answer and what the dialect declares; the session reads the answer nonetheless.
///
/// It contains field names, cut at 40 bytes of ASCII, and no values.
package enum AnswerDeviation: Hashable, Sendable {
    case lifetimeIsText(field: String)
    case otherSpelling(field: String)
    case unknownField(String)
    case noTokenType
    case lifetimeIsLonger
    case lifetimeIsAbsurd
    /// Something beside the tokens that a refresh has without it, in the words of the error that it would be elsewhere.
    case passedOver(String)

    package var message: String {
        switch self {
        case .lifetimeIsText(let field): "The lifetime \(field) is a string, not a number."
        case .otherSpelling(let field): "The spelling of the field \(field) differs from the dialect's."
        case .unknownField(let field): "The field \(field) is unknown."
        case .noTokenType: "The answer has no token_type."
        case .lifetimeIsLonger: "The lifetime is longer than any before."
        case .lifetimeIsAbsurd: "The lifetime is too short to use the token."
        case .passedOver(let message): message
        }
    }
}

extension WireConventions {
    private static let standardFields: [Field] = [
        .accessToken, .tokenType, .expiresIn, .refreshToken, .refreshTokenExpiresIn, .scope, .idToken,
    ]

    /// How an answer differs from what these conventions declare.
    ///
    /// Only an answer that the dialect read as these conventions would is compared: of one that it reads in a way of its own, the
    /// fields mean what the dialect says. Empty for an answer that is neither a JSON object nor a form.
    package func deviations(
        in response: WireResponse,
        read set: TokenSet,
        for exchange: TokenExchange,
        _ scrubber: Scrubber = Scrubber([])
    ) -> [AnswerDeviation] {
        let found = deviations(in: response, scrubber)
        do { return try read(response, for: exchange, isLenient: false) == set ? found : [] } catch {
            guard let lenient = try? tokens(in: response, for: exchange), lenient == set else { return [] }
            let why = TokenError.wrapping(error, as: .unreadableAnswer, "A part of the answer can't be read.")
            return found + [.passedOver(scrubber.scrub(why.message))]
        }
    }

    package func deviations(in response: WireResponse, _ scrubber: Scrubber = Scrubber([])) -> [AnswerDeviation] {
        guard let fields = response.fields else { return [] }
        let own = answer.names.values + answer.allExtras + answer.containers
        // Of a path, the first part is a member.
        let known = Self.standardFields.map(spelled) + own.map { String($0.prefix { $0 != "." && $0 != "[" }) }
        var deviations: [AnswerDeviation] = []
        let unknown = fields.names.prefix(64).filter { !known.contains($0) }
        let names = unknown.isEmpty ? [] : scrubber.scrub(unknown.map { String($0.unicodeScalars.prefix(256)) })
        for (field, name) in zip(unknown, names) {
            let isSpelling = Self.standardFields.contains { JSONFields.isSame($0.standardName.utf8, field.utf8) }
            let shown = Self.cut(name)
            deviations.append(isSpelling ? .otherSpelling(field: shown) : .unknownField(shown))
        }
        // Every value of a form is text.
        for lifetime in [Field.expiresIn, .refreshTokenExpiresIn] where !response.isForm {
            if case .text = try? fields.value(lifetime.standardName) {
                deviations.append(.lifetimeIsText(field: spelled(lifetime)))
            }
        }
        if !fields.has("token_type") { deviations.append(.noTokenType) }
        return deviations
    }

    private static func cut(_ name: String) -> String {
        String(name.unicodeScalars.lazy.map { $0.isASCII && $0.value >= 0x20 ? Character($0) : "?" }.prefix(40))
    }
}
