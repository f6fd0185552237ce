internal import Foundation

/// Finds a provider's refusal, whatever its status and shape.
///
/// `error` as a text (RFC 6749, Tiki) or an object (Revenue Monster), `errors` as a list of texts (Tiki's API) or of objects
/// (WeTix's GraphQL, Fitbit), `msg` (Tiki's older API), `errcode` (WeChat), a list (Salesforce), `message` alone at a status that
/// is no success, HTML, or nothing at all.
enum RefusalReader {
    private typealias Words = (code: String?, message: String?)

    /// Reads a refusal as conventions say, and where they say nothing, as providers are known to write it.
    ///
    /// Beside an access token only a code makes a refusal of a success: a refresh token may come with a message or a warning.
    static func refusal(in response: WireResponse, _ conventions: WireConventions) -> Refusal? {
        let (format, isSuccess) = (conventions.refusal, (200..<300).contains(response.status))
        let fields = response.fields
        guard let fields else { return refusal(in: response, fields, hasToken: false) }
        let said = format.success.flatMap { success -> (WireConventions.RefusalFormat.Success, String?)? in
            do { return try fields.value(at: success.name).map { (success, word($0, of: success.kind)) } } catch {
                return (success, nil)
            }
        }
        let says = said.map { $0.1 == $0.0.value }
        if says == true, isSuccess { return nil }
        let code = format.codes.lazy.compactMap { failure(try? fields.value(at: $0)) }.first
        let message = format.messages.lazy.compactMap { text(try? fields.value(at: $0)) }.first
        let usual = refusal(in: response, fields, hasToken: conventions.answer.hasToken(fields))
        guard code != nil || says == false || usual != nil && message != nil else { return usual }
        let other = said.flatMap { success, word in
            word == nil ? "The member \(ProviderText.clean(success.name)) of the answer has another type." : nil
        }
        return refusal(response, (code ?? usual?.code, message ?? usual?.message ?? other))
    }

    private static func refusal(in response: WireResponse, _ fields: JSONFields?, hasToken: Bool) -> Refusal? {
        let isSuccess = (200..<300).contains(response.status)
        if let words = fields.flatMap(words),
            !(isSuccess && hasToken && words.code == nil && words.message != severalErrors)
        {
            return refusal(response, words)
        }
        if isSuccess { return nil }
        if let fields { return refusal(response, plainWords(in: fields)) }
        // At a success, a list is what an API was asked for.
        return refusal(response, JSONFields.list(in: response.body).map(words(ofList:)) ?? (nil, nil))
    }

    private static let severalErrors = "The answer has the field error several times."

    private static func refusal(_ response: WireResponse, _ words: Words) -> Refusal {
        Refusal(
            status: response.status,
            code: words.code,
            message: words.message,
            retryAfter: RetryAfterReader.read(response.headers)
        )
    }

    /// Code and message; `nil` if the answer contains no error.
    private static func words(in fields: JSONFields) -> Words? {
        let error: JSONFields.Value?
        do {
            error = try fields.value("error")
        } catch {
            // The answer is a refusal, although it is unknown which of several codes counts.
            if fields.has("error") { return (nil, severalErrors) }
            return flatWords(in: fields)
        }
        switch error {
        case .text, .number:
            if let code = failure(error) {
                return (code, texts(["error_description", "error_hint", "error_debug"], of: fields))
            }
        case .object(let error) where !saysSuccess(error):
            return words(ofObject: error)
        case .list(let errors) where !errors.isEmpty:
            return words(ofList: errors)
        default:
            break
        }
        if case .list(let errors) = try? fields.value("errors"), !errors.isEmpty { return words(ofList: errors) }
        return flatWords(in: fields)
    }

    /// Whether an object has a code, and no code says that something failed.
    private static func saysSuccess(_ error: JSONFields) -> Bool {
        let codes = codes(of: error)
        return !codes.isEmpty && codes.allSatisfy { failure($0) == nil }
    }

    private static func codes(of error: JSONFields) -> [JSONFields.Value] {
        ["code", "errorType", "errorCode"].compactMap { name in
            (try? error.value(name)).flatMap { code($0)?.isEmpty == false ? $0 : nil }
        }
    }

    /// A number or a word with a message beside it; 0 says that all is well, and so does a token under the standard name.
    private static func flatWords(in fields: JSONFields) -> Words? {
        if fields.has("access_token") { return nil }
        if let code = failure(try? fields.value("errcode")) { return (code, texts(["errmsg"], of: fields)) }
        guard let message = texts(["msg"], of: fields) else { return nil }
        switch try? fields.value("code") {
        case nil: return (nil, message)
        case let code: return failure(code).map { ($0, message) }
        }
    }

    /// What an answer without a known error says, whose status is an error.
    private static func plainWords(in fields: JSONFields) -> Words {
        (failure(try? fields.value("code")), texts(["message", "msg", "errmsg", "error_description"], of: fields))
    }

    private static func texts(_ names: [String], of fields: JSONFields) -> String? {
        let texts = names.compactMap { try? fields.text($0) }
        return texts.isEmpty ? nil : texts.joined(separator: " ")
    }

    private static func words(ofObject error: JSONFields) -> Words {
        let codes = codes(of: error).lazy.compactMap(failure)
        let description = try? error.text("description") ?? error.text("error_description")
        return (codes.first ?? extensions(of: error), (try? error.text("message")) ?? description)
    }

    private static func extensions(of error: JSONFields) -> String? {
        guard case .object(let extensions) = try? error.value("extensions") else { return nil }
        return code(try? extensions.value("code"))
    }

    private static func words(ofList errors: [JSONFields.Value]) -> Words {
        let all = errors.prefix(10).compactMap { error -> Words? in
            switch error {
            case .text(let message): (nil, message)
            case .object(let object): words(ofObject: object)
            default: nil
            }
        }
        let messages = all.compactMap(\.message)
        return (all.lazy.compactMap(\.code).first, messages.isEmpty ? nil : messages.joined(separator: " "))
    }

    private static func text(_ value: JSONFields.Value?) -> String? {
        if case .text(let text) = value, !text.isEmpty { text } else { nil }
    }

    /// A flag, a number, or a text, as one; `nil` for a value that is not of that kind, nor written as a text.
    private static func word(
        _ value: JSONFields.Value,
        of kind: WireConventions.RefusalFormat.Success.Kind
    ) -> String? {
        switch (value, kind) {
        case (.flag(let flag), .flag): "\(flag)"
        case (.text(let text), .flag): Bool(ASCII.lowercase(text)).map { "\($0)" }
        case (.text(let text), .number): Int(text).map(String.init)
        case (.number, .number), (.number, .text), (.text, .text): code(value)
        default: nil
        }
    }

    /// A code that says that something failed.
    private static func failure(_ value: JSONFields.Value?) -> String? {
        let code = code(value)
        return code.flatMap { ["", "0", "ok", "success"].contains(ASCII.lowercase($0)) ? nil : $0 }
    }

    private static func code(_ value: JSONFields.Value?) -> String? {
        switch value {
        case .text(let code): code
        case .number(let number, _): Int(exactly: number).map(String.init)
        default: nil
        }
    }
}

extension WireResponse {
    /// The refusal in an answer, in any shape that providers are known to send; `nil` if there is none.
    package var refusal: Refusal? { RefusalReader.refusal(in: self, WireConventions()) }
}
