/// What a person does at a ``ProviderSandbox``'s authorization endpoint.
public enum SandboxConsent: Sendable {
    /// They sign in and grant every requested scope.
    case grant

    /// They sign in and grant these of the requested scopes.
    case grantOnly([String])

    /// They decline.
    case decline

    /// The provider fails with an error code of RFC 6749, section 4.1.2.1, such as `temporarily_unavailable`.
    case fail(String)
}

/// The page that a provider shows instead of redirecting, because the client or the redirect URI is wrong.
public struct SandboxPage: Error, Sendable, CustomStringConvertible {
    /// The text of the page.
    public let description: String
}
