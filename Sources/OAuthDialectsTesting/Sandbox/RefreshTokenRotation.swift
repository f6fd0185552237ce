/// How a ``ProviderSandbox`` treats a refresh token after its use.
public enum RefreshTokenRotation: Sendable {
    /// Each use returns a new one; reusing an old one revokes the whole family, access tokens included (ORY Hydra).
    case rotating

    /// Each use returns a new one; reusing an old one is refused without further effect.
    case rotatingWithoutReuseDetection

    /// Each use returns the same one, which stays valid.
    case fixed
}
