internal import OAuthDialects

/// A provider's source of credentials as a pool needs it: equal to itself alone.
final class PooledSource: CredentialsSource, Hashable {
    private let source: any CredentialsSource

    init(_ source: any CredentialsSource) { self.source = source }

    func credentials() async throws -> ClientCredentials { try await source.credentials() }

    static func == (lhs: PooledSource, rhs: PooledSource) -> Bool { lhs === rhs }

    func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// A provider's signer as a pool needs it: equal to itself alone.
final class PooledSigner: RequestSigner, Hashable {
    private let signer: any RequestSigner

    init(_ signer: any RequestSigner) { self.signer = signer }

    func signed(_ request: WireRequest, for purpose: SigningPurpose) async throws -> WireRequest {
        try await signer.signed(request, for: purpose)
    }

    static func == (lhs: PooledSigner, rhs: PooledSigner) -> Bool { lhs === rhs }

    func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
