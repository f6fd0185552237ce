/// Which parts of two conventions differ.
extension WireConventions {
    /// Whether token requests are the same.
    func writes(as other: Self) -> Bool {
        scopeSeparator == other.scopeSeparator && request.isSame(as: other.request)
    }
}

extension WireConventions.TokenRequest {
    fileprivate func isSame(as other: Self) -> Bool {
        let isSameHead = bodyEncoding == other.bodyEncoding && clientAuthentication == other.clientAuthentication
        let isSameSpelling = fieldNaming == other.fieldNaming && names == other.names && values == other.values
        let isSameChoice = omitted == other.omitted && added == other.added
        return isSameHead && isSameSpelling && isSameChoice && repeatsClientID == other.repeatsClientID
            && repeatsScopes == other.repeatsScopes
    }
}

extension WireConventions.TokenAnswer {
    func isSame(as other: Self) -> Bool {
        containers == other.containers && names == other.names && tokenTypes == other.tokenTypes
            && zeroIsUnlimited == other.zeroIsUnlimited && extras == other.extras && secretExtras == other.secretExtras
    }
}

extension WireConventions.RefusalFormat {
    /// Whether refusals are found at the same places.
    func isRead(as other: Self) -> Bool {
        success == other.success && codes == other.codes && messages == other.messages
    }
}
