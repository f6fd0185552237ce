extension ProviderDialect {
    /// This dialect with every API request signed.
    public func signing(with signer: any RequestSigner) -> any ProviderDialect {
        overriding { $0.signer = signer }
    }
}
