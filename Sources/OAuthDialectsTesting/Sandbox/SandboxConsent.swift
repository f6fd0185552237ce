/// What a person does at a ``ProviderSandbox``'s page for signing in.
public enum SandboxConsent: Sendable {
    /// They sign in and grant what is asked for.
    case grant

    /// They sign in and grant these scopes, of those that are asked for.
    case grantOnly([String])

    /// They say no.
    case decline

    /// The provider fails with an error code of RFC 6749, section 4.1.2.1, such as `temporarily_unavailable`.
    case fail(String)
}

/// What a browser shows where the provider does not send it back: the client or the redirect URI is wrong.
public struct SandboxPage: Error, Sendable, CustomStringConvertible {
    /// What the page says.
    public let description: String
}
