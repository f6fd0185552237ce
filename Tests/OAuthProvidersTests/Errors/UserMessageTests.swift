import OAuthDialects
import OAuthProviders
import Testing

@Test func `A person gets a message without detail, and one for each thing that they can do`() {
    let errors = [
        TokenError(.signInRequired, "The refresh token of ann@example.com was refused."),
        TokenError(.signInDeclined, "access_denied"),
        TokenError(.signInExpired, "state mismatch"),
        TokenError(.unavailable, "api.tiki.vn did not answer.", isTransient: true),
        TokenError(.requestFailed, "api.tiki.vn closed the connection.", delivery: .unknown),
        TokenError(.invalidCredentials, "Missing environment variables: TIKI_CLIENT_ID."),
    ]
    let messages = errors.map(\.userMessage)
    #expect(Set(messages).count == messages.count)
    for (error, message) in zip(errors, messages) {
        #expect(!message.contains(error.message))
        #expect(message.hasSuffix("."))
        #expect(!message.contains("tiki") && !message.contains("token"))
    }
}

@Test func `Errors that an app can do the same about have the same message`() {
    let (fix, alert) = (TokenError(.untrustedHost, "x"), TokenError(.invalidCredentials, "y"))
    #expect(fix.action != alert.action)
    #expect(fix.userMessage == alert.userMessage)
}
