internal import Foundation

extension WireConventions {
    /// Adds a token to a request where this provider expects it.
    func place(_ token: AccessToken, in request: inout WireRequest) throws {
        switch tokenPlacement {
        case .bearer:
            request.headers["Authorization"] = token.authorizationHeader.revealed
        case .header(let name, let scheme):
            let value = (scheme.map { $0 + " " } ?? "") + token.value.revealed
            guard WireHeaders.shown(name, value).hasSuffix("<redacted>"), !WireHeaders.isFraming(name) else {
                throw TokenError(
                    .invalidRequest,
                    "The header \(ProviderText.clean(name)) can't carry a token: its value is shown, or the transport's own."
                )
            }
            request.headers[name] = value
        case .query(let name):
            try request.addToQuery([WireField(name, secret: token.value)])
        }
    }
}
