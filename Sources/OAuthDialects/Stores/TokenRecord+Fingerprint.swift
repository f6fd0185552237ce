extension TokenRecord {
    /// Which refresh token ``refreshStanding`` speaks of, without the token; `nil` if it speaks of none.
    ///
    /// Whoever puts another refresh token into a stored record gets a token of which nothing is known yet.
    package var refreshFingerprint: String? {
        guard refreshStanding != .ready else { return nil }
        return refreshToken.map(fingerprint) ?? withheldFingerprint
    }

    /// HMAC-SHA256 keyed with the record's own random id: equal tokens of two records don't look alike.
    package func fingerprint(of token: RefreshToken) -> String {
        let digest = SHA256Digest.authenticate(Array(token.value.revealed.utf8), with: Array(generation.id.utf8))
        return SHA256Digest.hexadecimal(digest)
    }

    /// The record as it is stored where refresh tokens must not be.
    package func withholdingRefreshToken() -> TokenRecord {
        var record = self
        record.withheldFingerprint = refreshFingerprint
        record.refreshToken = nil
        return record
    }

    /// Whether what is known of the refresh token is known of this one.
    package func speaks(of token: RefreshToken) -> Bool {
        refreshToken == token || refreshFingerprint == fingerprint(of: token)
    }
}
