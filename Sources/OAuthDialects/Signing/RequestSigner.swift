/// Signs requests for a provider that wants more than a token or a client's secret, such as Revenue Monster's `X-Signature`.
///
/// It is asked after the dialect for each token request, and for each attempt and each redirect of an API request, with a nonce and a
/// date of that attempt: a signature is never sent twice. Revocations are not signed. The key may live elsewhere, which is why it may
/// take time. A signer that signs API requests alone returns the others as they are:
///
/// ```swift
/// guard case .resource(let access) = purpose else { return request }
/// ```
public protocol RequestSigner: Sendable {
    /// The request as it is to be sent; method, URL and body bytes are as they would go without the signature.
    ///
    /// A token request has the same time as its exchange, and goes to the origin to which the dialect sends it.
    ///
    /// - Throws: whatever keeps it from signing; the request is not sent then.
    func signed(_ request: WireRequest, for purpose: SigningPurpose) async throws -> WireRequest
}

/// The request that is signed: what a signer may need to know besides its bytes.
public enum SigningPurpose: Sendable {
    /// A token request.
    case token(TokenExchange)

    /// An API request with a token in it.
    case resource(ResourceAccess)
}
