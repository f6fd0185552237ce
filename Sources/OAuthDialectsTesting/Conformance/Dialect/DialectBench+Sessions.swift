internal import Foundation
internal import OAuthDialects

extension DialectBench {
    func session(
        of clause: DialectClause? = nil,
        isPersonal: Bool = false,
        _ tried: String,
        _ expected: String,
        _ body: @escaping @Sendable (SessionRig) async throws -> String?
    ) -> ConformanceCase {
        ConformanceCase(clause ?? (isPersonal ? .userSessions : .clientSessions), tried, expected) {
            guard let rig = SessionRig(self, isPersonal: isPersonal) else {
                return "no API origin, so the session can't send an API request"
            }
            if let came = try await body(rig) { return came }
            return rig.fault
        }
    }

    var clientSessions: [ConformanceCase] {
        guard has("client_credentials") else { return [] }
        return [
            session("acquiring a token and using it", "one token request, and a 200 from the API") { rig in
                let status = try await rig.ask()
                let count = rig.sandbox.counters.tokenRequests
                return status == 200 && count == 1 ? nil : "\(status) after \(count) token requests"
            },
            session("requesting both scopes that the client may request", "a token") { rig in
                rig.sandbox.scopes = SessionRig.scopes
                let status = try await rig.ask()
                return status == 200 ? nil : "\(status)"
            },
            session("asking again after the token has expired", "a new token, and a 200 from the API") { rig in
                guard rig.statesLifetime else { return nil }
                let first = try await rig.session.accessToken()
                rig.expire()
                let second = try await rig.session.accessToken()
                let status = try await rig.ask()
                return first != second && status == 200 ? nil : "\(status), with the same token: \(first == second)"
            },
            session("a token that the API rejects", "a new token in the same call, and a 200") { rig in
                _ = try await rig.session.accessToken()
                rig.sandbox.revokeAccessTokens()
                let status = try await rig.ask()
                return status == 200 ? nil : "\(status)"
            },
            session("a token and a refresh token that are both revoked", "authenticating again in the same call") {
                rig in
                _ = try await rig.session.accessToken()
                rig.sandbox.revokeAccessTokens()
                rig.sandbox.revokeRefreshTokens()
                let status = try await rig.ask()
                return status == 200 ? nil : "\(status)"
            },
            passing(.badGateway), passing(.serviceUnavailable(retryAfter: .seconds(7))), passing(.errorAt200),
            passing(.tooManyRequests()),
            session("a client secret that the provider rejects", "an error that is not transient") { rig in
                guard let secret = rig.sandbox.credentials.secret, !secret.isEmpty else { return nil }
                guard sendsSecret else { return nil }
                rig.sandbox.register(ClientCredentials(id: rig.sandbox.credentials.id, secret: "another"))
                rig.isMisused = true
                guard let error = await rig.error() else { return "a token" }
                return error.isTransient ? "\(error.code), which is transient" : nil
            },
        ]
    }

    private func passing(_ fault: SandboxFault) -> ConformanceCase {
        session("\(fault) at the token endpoint, once", "a transient error, and later a token") { rig in
            rig.sandbox.failNext(fault, at: .tokenEndpoints)
            guard let error = await rig.error() else { return "no error" }
            guard error.isTransient else { return "\(error.code), which is not transient" }
            rig.sandbox.advance(by: .seconds(600))
            let status = try await rig.ask()
            return status == 200 ? nil : "\(status)"
        }
    }

    var userSessions: [ConformanceCase] {
        guard has("authorization_code") else { return [] }
        var cases =
            browserSessions + [
                session(isPersonal: true, "a user signs in and sends an API request", "a 200") { rig in
                    try await rig.signIn()
                    let status = try await rig.ask()
                    return status == 200 ? nil : "\(status)"
                },
                session(
                    isPersonal: true,
                    "all tokens of a user are revoked",
                    "signInRequired; after signing in again, a 200"
                ) { rig in
                    try await rig.signIn()
                    rig.sandbox.revokeAccessTokens()
                    rig.sandbox.revokeRefreshTokens()
                    _ = try? await rig.ask()
                    rig.expire()
                    guard let error = await rig.error() else {
                        return "a token, although the user did not sign in again"
                    }
                    guard error.code == .signInRequired else { return "\(error.code)" }
                    try await rig.signIn()
                    let status = try await rig.ask()
                    return status == 200 ? nil : "\(status)"
                },
            ]
        if has("refresh_token") { cases.append(refreshes) }
        if dialect.revocationEndpoint != nil { cases.append(revocation) }
        return cases
    }

    private var browserSessions: [ConformanceCase] {
        guard dialect.authorizationEndpoint != nil else { return [] }
        return [
            session(isPersonal: true, "a user signs in in the browser, and sends an API request", "a 200") { rig in
                let attempt = try await rig.session.beginSignIn(redirectURI: DialectBench.redirectURI)
                let callback = try rig.sandbox.signIn(at: attempt.url)
                try await rig.session.finishSignIn(attempt, callback: callback)
                let status = try await rig.ask()
                return status == 200 ? nil : "\(status)"
            }
        ]
    }

    private var refreshes: ConformanceCase {
        session(
            isPersonal: true,
            "a user's token expires twice",
            "a refresh each time, and no refresh token used twice"
        ) { rig in
            try await rig.signIn()
            for _ in 0..<2 {
                rig.expire()
                let status = try await rig.ask()
                guard status == 200 else { return "\(status)" }
            }
            let counters = rig.sandbox.counters
            let count = counters.tokenRequests(of: "refresh_token")
            return count == 2 && counters.reuses == 0 ? nil : "\(count) refreshes, \(counters.reuses) reuses"
        }
    }

    private var revocation: ConformanceCase {
        session(isPersonal: true, "signing out and revoking", "one revocation; the token no longer works") { rig in
            try await rig.signIn()
            let token = try await rig.session.accessToken()
            try await rig.session.signOut(revoking: true)
            guard rig.sandbox.counters.revocationRequests == 1 else { return "not one revocation request" }
            return try rig.isGood(token) ? "the token still works" : nil
        }
    }
}
