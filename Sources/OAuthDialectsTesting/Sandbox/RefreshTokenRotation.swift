/// What a ``ProviderSandbox`` makes of a refresh token that is used.
public enum RefreshTokenRotation: Sendable {
    /// Each use yields a new one; using an old one again revokes the whole family, access tokens included (ORY Hydra).
    case rotating

    /// Each use yields a new one; using an old one again is refused and harms nobody else.
    case rotatingWithoutReuseDetection

    /// The same one comes back, and may be used again.
    case fixed
}
