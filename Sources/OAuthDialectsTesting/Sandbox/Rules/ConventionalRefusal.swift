internal import OAuthDialects

extension WireConventions {
    /// The body of a refusal as these conventions say: a member that denies success, and code and message at their paths.
    func refusalBody(_ code: String, _ message: String) -> String {
        var draft = JSONDraft()
        if let success = refusal.success { draft.set(success.failure(code), at: success.name) }
        let place = codePlace
        draft.set(JSONValue.word(code), at: place)
        let texts = ["error": "error_description", "code": "msg", "errcode": "errmsg"]
        draft.set(JSONValue.text(message).text, at: refusal.messages.first ?? texts[place] ?? "error_description")
        return draft.text
    }

    /// Where the code is: where the conventions say, in a number that says success otherwise, or in `error`.
    private var codePlace: String {
        if let code = refusal.codes.first { return code }
        guard let success = refusal.success, Int(success.value) != nil, ["code", "errcode"].contains(success.name)
        else {
            return "error"
        }
        return success.name
    }

    /// The code for a dead grant: this provider's own word, if the conventions have one.
    private var deadGrantCode: String {
        refusal.remedies.filter { $0.value == .discardGrant }.keys.sorted().first ?? "invalid_grant"
    }

    /// An unknown code, as a number where the conventions' own codes are numbers.
    private var unknownCode: String {
        let words = Array(refusal.remedies.keys) + [refusal.success?.value ?? ""]
        return words.contains { Int($0) != nil } ? "987654321" : "a_word_of_tomorrow"
    }

    /// The status and code of each kind of refusal: RFC 6749, section 5.2, and RFC 6750, section 3.1, with these conventions' own.
    func wording(_ kind: SandboxRefusal.Kind) -> SandboxWording {
        // A provider whose answers say whether they are a success sends its refusals with status 200.
        func refused(_ status: Int, _ code: String) -> SandboxWording {
            SandboxWording(status: refusal.success == nil ? status : 200, code: code, message: "")
        }
        switch kind {
        case .notFound: return .init(status: 404, code: "not_found", message: "")
        case .methodNotAllowed: return .init(status: 405, code: "invalid_request", message: "")
        case .emptyBody, .badRequest: return refused(400, "invalid_request")
        case .invalidClient: return refused(401, "invalid_client")
        case .unsupportedGrant: return refused(400, "unsupported_grant_type")
        case .invalidScope: return refused(400, "invalid_scope")
        case .invalidGrant, .tokenReused: return refused(400, deadGrantCode)
        case .unknown: return refused(400, unknownCode)
        case .missingToken, .invalidToken, .expiredToken:
            guard let code = refusal.rejections.sorted().first else {
                return .init(status: 401, code: "invalid_token", message: "")
            }
            return refused(400, code)
        case .internalError: return .init(status: 500, code: "server_error", message: "")
        case .unavailable: return .init(status: 503, code: "temporarily_unavailable", message: "")
        case .tooManyRequests: return .init(status: 429, code: "slow_down", message: "")
        }
    }
}
