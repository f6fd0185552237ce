extension SessionMachine {
    /// All tokens of the session, which a provider may quote in an error.
    var secrets: [Secret] {
        [held?.token.value, record?.accessToken, record?.refreshToken?.value, record?.idToken, rejected].compactMap(
            \.self
        )
    }
}
