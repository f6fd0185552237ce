internal import Foundation

/// Finds a provider's refusal, whatever its status and shape.
///
/// `error` as a text (RFC 6749, Tiki) or an object (Revenue Monster), `errors` as a list of texts (Tiki's API) or of objects
/// (WeTix's GraphQL), `msg` (Tiki's older API), HTML, or nothing at all.
enum RefusalReader {
    static func refusal(in response: WireResponse) -> Refusal? {
        let said = response.fields.flatMap(words)
        guard let said else {
            return (200..<300).contains(response.status) ? nil : refusal(response, (nil, nil))
        }
        return refusal(response, said)
    }

    private static func refusal(_ response: WireResponse, _ said: (code: String?, message: String?)) -> Refusal {
        Refusal(
            status: response.status,
            code: said.code,
            message: said.message,
            retryAfter: RetryAfterReader.read(response.headers)
        )
    }

    /// Code and message; `nil` if the answer contains no error.
    private static func words(in fields: JSONFields) -> (code: String?, message: String?)? {
        let error: JSONFields.Value?
        do {
            error = try fields.value("error")
        } catch {
            // The answer is a refusal, although it is unknown which of several codes counts.
            return (nil, "The answer has the field error several times.")
        }
        switch error {
        case .text(let code) where !code.isEmpty:
            let texts = ["error_description", "error_hint", "error_debug"].compactMap { try? fields.text($0) }
            return (code, texts.isEmpty ? nil : texts.joined(separator: " "))
        case .object(let error):
            return words(ofObject: error)
        case .list(let errors) where !errors.isEmpty:
            return words(ofList: errors)
        default:
            break
        }
        if case .list(let errors) = try? fields.value("errors"), !errors.isEmpty { return words(ofList: errors) }
        guard !fields.has("access_token") else { return nil }
        return (try? fields.text("msg")).map { (nil, $0) }
    }

    private static func words(ofObject error: JSONFields) -> (code: String?, message: String?) {
        let code = code(try? error.value("code")) ?? extensions(of: error)
        let description = try? error.text("description") ?? error.text("error_description")
        return (code, (try? error.text("message")) ?? description)
    }

    private static func extensions(of error: JSONFields) -> String? {
        guard case .object(let extensions) = try? error.value("extensions") else { return nil }
        return code(try? extensions.value("code"))
    }

    private static func words(ofList errors: [JSONFields.Value]) -> (code: String?, message: String?) {
        let all = errors.prefix(10).compactMap { error -> (code: String?, message: String?)? in
            switch error {
            case .text(let message): (nil, message)
            case .object(let object): words(ofObject: object)
            default: nil
            }
        }
        let messages = all.compactMap(\.message)
        return (all.lazy.compactMap(\.code).first, messages.isEmpty ? nil : messages.joined(separator: " "))
    }

    private static func code(_ value: JSONFields.Value?) -> String? {
        switch value {
        case .text(let code): code
        case .number(let number): Int(exactly: number).map(String.init)
        default: nil
        }
    }
}

extension WireResponse {
    /// The refusal in an answer, in any shape that providers are known to send; `nil` if there is none.
    public var refusal: Refusal? { RefusalReader.refusal(in: self) }
}
