public import OAuthDialects

extension TokenError {
    /// A message that may be shown to a person, in English: it has no detail, and says what they can do.
    ///
    /// For other languages, choose a text by `action`.
    public var userMessage: String {
        switch code {
        case .signInDeclined: "The sign-in was not completed."
        case .signInExpired, .invalidCallback: "The sign-in has expired. Please sign in again."
        default: action.userMessage
        }
    }
}

extension APIError {
    /// A message that may be shown to a person, in English: it has no detail, and says what they can do.
    ///
    /// For other languages, choose a text by ``action``.
    public var userMessage: String {
        let isRefusal = (400..<500).contains(status) && delivery == nil
        return isRefusal && action != .retry ? "The service did not accept this request." : action.userMessage
    }
}

extension TokenError.Action {
    fileprivate var userMessage: String {
        switch self {
        case .signIn: "Please sign in again to continue."
        case .retry: "The service can't answer right now. Please try again in a moment."
        case .verify: "It is not certain whether this went through. Please check before you try again."
        default: "Something went wrong on our side. Please try again later."
        }
    }
}
