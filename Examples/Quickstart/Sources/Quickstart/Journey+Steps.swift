import OAuthDialects
import OAuthDialectsTesting

extension Journey {
    func acquire() async throws {
        timeline.step("1 Acquire", "the first that asks has a token fetched")
        let change = try await counting {
            timeline.app("session.accessToken()")
            _ = try await session.accessToken()
        }
        timeline.check(session.status.standing == .working, "a token is in hand and works")
        timeline.check(
            change.exchanges == 1 && change.exchanges(of: "client_credentials") == 1,
            "one exchange, by client_credentials"
        )
    }

    func use() async throws {
        timeline.step("2 Use", "a token that works costs nothing")
        var status = 0
        let change = try await counting {
            status = try await call()
        }
        timeline.check(status == 200 && change.exchanges == 0, "200, and no exchange")
    }

    func renew() async throws {
        let way =
            switch provider.renewal {
            case .refreshEndpoint: "by the refresh token, at its own endpoint"
            case .refreshGrant: "by the refresh token, which a new one replaces"
            case .authenticating: "by authenticating again: there is no refresh token"
            }
        timeline.step("3 Renew", way)
        try await waitUntilDue()
        let old = session.currentAccessToken
        var status = 0
        var isNew = false
        let change = try await counting {
            status = try await call()
            isNew = try await eventually { session.currentAccessToken != old }
        }
        timeline.check(status == 200, "200: nobody waits for a token that still works")
        timeline.check(isNew && change.exchanges == 1, "meanwhile one exchange brought a new token")
        timeline.check(change.exchanges(of: provider.renewal.grant) == 1, "by \(provider.renewal.grant)")
        if provider.renewal == .refreshEndpoint {
            let path = sandbox.transcript.last { $0.request.contains("refresh_token") }?.request ?? ""
            timeline.check(path.hasPrefix("POST /auth/refresh "), "at /auth/refresh")
        }
    }

    func recoverFromRevocation() async throws {
        timeline.step("4 Token revoked", "recovered within the call")
        timeline.provider("revokes every access token, and tells nobody")
        sandbox.revokeAccessTokens()
        var status = 0
        let change = try await counting {
            status = try await call()
        }
        timeline.check(status == 200, "200: the app noticed nothing")
        timeline.check(change.rejections == 1 && change.requests == 2, "one request turned away, sent once more")
        timeline.check(
            change.exchanges == 1 && change.exchanges(of: provider.renewal.grant) == 1,
            "one exchange, by \(provider.renewal.grant)"
        )
    }

    func reauthenticate() async throws {
        guard provider.renewal != .authenticating else { return try await leadPersonToSignIn() }
        timeline.step("5 Refresh token dead", "authenticated anew within the call")
        timeline.provider("revokes access and refresh tokens")
        sandbox.revokeAccessTokens()
        sandbox.revokeRefreshTokens()
        var status = 0
        let change = try await counting {
            status = try await call()
        }
        timeline.check(status == 200, "200: the app noticed nothing")
        timeline.check(
            change.exchanges(of: "refresh_token") == 1 && change.refusals == 1,
            "the refresh token was presented once, and refused"
        )
        timeline.check(change.exchanges(of: "client_credentials") == 1, "the client authenticated anew, once")
    }
}
