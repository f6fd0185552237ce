/// Signs API requests for a provider that wants more than a token, such as Revenue Monster's `X-Signature`.
///
/// It is asked after the dialect at each attempt and at each redirect, with a nonce and a date of that attempt: a signature is
/// never sent twice. The key may live elsewhere, which is why it may take time.
public protocol RequestSigner: Sendable {
    /// The request as it is to be sent; method, URL and body bytes are as they would go without the signature.
    ///
    /// - Throws: whatever keeps it from signing; the request is not sent then.
    func signed(_ request: WireRequest, for access: ResourceAccess) async throws -> WireRequest
}
