import OAuthDialects
import OAuthDialectsTesting

extension Journey {
    func acquire() async throws {
        try await timeline.step("First token", "the first caller has a token fetched") {
            let change = try await counting {
                timeline.app("session.accessToken()")
                _ = try await session.accessToken()
            }
            timeline.check(session.status.standing == .working, "the session has a token that works")
            timeline.check(
                change.exchanges == 1 && change.exchanges(of: "client_credentials") == 1,
                "one token request, by client_credentials"
            )
            return "one token request, by client_credentials"
        }
    }

    func use() async throws {
        try await timeline.step("Working token", "calls cost no token request") {
            var status = 0
            let change = try await counting {
                status = try await call()
            }
            timeline.check(status == 200 && change.exchanges == 0, "200, and no token request")
            return "GET \(provider.path) \(status), no token request"
        }
    }

    func renew() async throws {
        try await timeline.step("Renewal", "before the token expires") {
            try await waitUntilDue()
            let old = session.currentAccessToken
            var status = 0
            var isNew = false
            let change = try await counting {
                status = try await call()
                isNew = try await eventually { session.currentAccessToken != old }
            }
            timeline.check(status == 200, "the call that began the renewal returned 200")
            timeline.check(isNew && change.exchanges == 1, "one token request brought a new token")
            timeline.check(change.exchanges(of: provider.renewal.grant) == 1, "by \(provider.renewal.grant)")
            if provider.renewal == .refreshEndpoint {
                let path = sandbox.transcript.last { $0.request.contains("refresh_token") }?.request ?? ""
                timeline.check(path.hasPrefix("POST /auth/refresh "), "at /auth/refresh")
            }
            return provider.renewal.words
        }
    }

    func recoverFromRevocation() async throws {
        try await timeline.step("Revoked token", "renewed within the call") {
            timeline.provider("revokes every access token")
            sandbox.revokeAccessTokens()
            var status = 0
            let change = try await counting {
                status = try await call()
            }
            timeline.check(status == 200, "the call returned 200")
            timeline.check(change.rejections == 1 && change.requests == 2, "one request was rejected, and sent again")
            timeline.check(
                change.exchanges == 1 && change.exchanges(of: provider.renewal.grant) == 1,
                "one token request, by \(provider.renewal.grant)"
            )
            return "401, renewed, sent again: the call returned \(status)"
        }
    }

    func reauthenticate() async throws {
        guard provider.renewal != .authenticating else { return try await leadPersonToSignIn() }
        try await timeline.step("Refresh refused", "authenticated again within the call") {
            timeline.provider("revokes access and refresh tokens")
            sandbox.revokeAccessTokens()
            sandbox.revokeRefreshTokens()
            var status = 0
            let change = try await counting {
                status = try await call()
            }
            timeline.check(status == 200, "the call returned 200")
            timeline.check(
                change.exchanges(of: "refresh_token") == 1 && change.refusals == 1,
                "the refresh token was presented once, and refused"
            )
            timeline.check(change.exchanges(of: "client_credentials") == 1, "the client authenticated again, once")
            return "by client_credentials instead: the call returned \(status)"
        }
    }
}
