import CryptoExtras
public import Foundation
public import OAuthDialects

/// A GitHub App: an installation's tokens for a client's session, which ``GitHubAppSigner`` authenticates, and users' tokens.
///
/// Sources: https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/ (generating a JSON Web Token, an
/// installation access token, a user access token; refreshing user access tokens), https://github.com/octokit/oauth-methods.js.
/// Unverified: the whole answer with an installation's token; whether PKCE is supported.
public struct GitHubAppDialect: ProviderDialect {
    /// One for each installation: the client is the same.
    public let name: String
    public let apiOrigins: APIOrigins = ["api.github.com"]
    public let authorizationEndpoint = URL(string: "https://github.com/login/oauth/authorize")
    public let conventions: WireConventions
    private let installation: String?

    /// Creates the dialect.
    ///
    /// - Parameter installation: the id of the installation whose tokens a client's session gets; `nil` for users' sessions.
    public init(installation: String? = nil) {
        self.installation = installation
        name = installation.map { "github-app-" + $0 } ?? "github-app"
        conventions = WireConventions {
            $0.request.clientAuthentication = installation == nil ? .body : .none
            $0.request.omitted = installation == nil ? [] : [.grantType, .scope]
            $0.answer.names = [.accessToken: "token"]
            $0.answer.extras = ["repository_selection"]
            let app = Remedy.fixConfiguration(hint: "Check the app's client id, its secret, and its callback URL.")
            $0.refusal.remedies = [
                "bad_refresh_token": .discardGrant, "bad_verification_code": .discardGrant,
                "incorrect_client_credentials": app, "redirect_uri_mismatch": app,
            ]
            $0.pkce = .unsupported
            $0.refreshTokenRotation = .rotates
        }
    }

    public func tokenEndpoint(for grant: Grant) -> URL? {
        switch (grant, installation) {
        case (.clientCredentials, let id?): URL(string: "https://api.github.com/app/installations/\(id)/access_tokens")
        case (.authorizationCode, nil), (.refreshToken, nil): URL(string: "https://github.com/login/oauth/access_token")
        default: nil
        }
    }

    public func request(for exchange: TokenExchange) throws -> WireRequest {
        var own = conventions
        if exchange.grant.type == "authorization_code" { own.request.omitted = [.grantType] }
        var request = try own.request(for: exchange, at: self)
        guard installation != nil else { return request }
        (request.body, request.headers["Content-Type"]) = (nil, nil)
        request.headers["Accept"] = "application/vnd.github+json"
        request.headers["X-GitHub-Api-Version"] = "2022-11-28"
        return request
    }

    public func revocationRequest(for tokens: TokenSet, by client: ClientCredentials) -> WireRequest? {
        guard installation == nil else { return nil }
        let basic = "Basic " + Data("\(client.id):\(client.secret?.revealed ?? "")".utf8).base64EncodedString()
        let url = URL(string: "https://api.github.com/applications/\(client.id)/token")!
        let body = WireBody.json([WireField("access_token", secret: tokens.accessToken)])
        return WireRequest("DELETE", url, headers: ["Authorization": basic], body: body)
    }
}

/// Signs what an installation's token is asked for with: a JSON Web Token (RS256) of ten minutes.
public struct GitHubAppSigner: RequestSigner {
    private let key: _RSA.Signing.PrivateKey

    /// Creates the signer.
    ///
    /// - Parameter pem: the app's private key.
    /// - Throws: an error of `CryptoExtras` if it is none.
    public init(pem: Secret) throws { key = try _RSA.Signing.PrivateKey(pemRepresentation: pem.revealed) }

    public func signed(_ request: WireRequest, for purpose: SigningPurpose) throws -> WireRequest {
        guard case .token(let exchange) = purpose, exchange.grant.type == "client_credentials" else { return request }
        // A minute less at both ends, for a clock that is fast: GitHub takes ten minutes at most.
        let now = Int(exchange.date.timeIntervalSince1970)
        let claims = #"{"iat":\#(now - 60),"exp":\#(now + 540),"iss":"\#(exchange.credentials.id)"}"#
        let text = [#"{"alg":"RS256","typ":"JWT"}"#, claims].map { Self.encoded(Data($0.utf8)) }.joined(separator: ".")
        let signature = try key.signature(for: Data(text.utf8), padding: .insecurePKCS1v1_5)
        var request = request
        request.headers["Authorization"] = "Bearer \(text).\(Self.encoded(signature.rawRepresentation))"
        return request
    }

    private static func encoded(_ bytes: Data) -> String {
        bytes.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
