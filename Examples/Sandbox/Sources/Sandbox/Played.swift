import OAuthDialectsTesting

/// A provider that can be played, and its endpoints.
struct Played: Sendable {
    /// The name on the command line.
    let name: String
    let played: ProviderSandbox.Provider
    let tokenPath: String
    let refreshPath: String?
    let authorizationPath: String

    /// A token request's arguments for curl, and the parameters of a sign-in, as this provider spells them.
    let tokenRequest: String
    let codeRequest: String
    let authorizationQuery: String

    static let all = [weTix, revenueMonster, tiki, tikiBody]

    static let weTix = Self(
        name: "wetix",
        played: .weTix,
        tokenPath: "/auth/token",
        refreshPath: "/auth/refresh",
        authorizationPath: "/auth/authorize",
        tokenRequest: #"--json '{"grant_type":"client_credentials"}'"#,
        codeRequest:
            #"--json '{"grant_type":"authorization_code","code":"'$CODE'","redirect_uri":"http://127.0.0.1/callback"}'"#,
        authorizationQuery: "response_type=code&client_id=$ID&redirect_uri=http://127.0.0.1/callback&state=12345678"
    )

    static let revenueMonster = Self(
        name: "revenue-monster",
        played: .revenueMonster,
        tokenPath: "/v1/token",
        refreshPath: nil,
        authorizationPath: "/authorize",
        tokenRequest: #"--json '{"grantType":"client_credentials"}'"#,
        codeRequest:
            #"--json '{"grantType":"authorization_code","code":"'$CODE'","redirectUri":"http://127.0.0.1/callback"}'"#,
        authorizationQuery:
            "responseType=code&clientId=$ID&redirectUri=http://127.0.0.1/callback&scope=manage_payment&state=12345678"
    )

    static let tiki = Self(
        name: "tiki",
        played: .tiki,
        tokenPath: "/sc/oauth2/token",
        refreshPath: nil,
        authorizationPath: "/sc/oauth2/auth",
        tokenRequest: "-d grant_type=client_credentials",
        codeRequest: "-d grant_type=authorization_code -d code=$CODE -d redirect_uri=http://127.0.0.1/callback",
        authorizationQuery:
            "response_type=code&client_id=$ID&redirect_uri=http://127.0.0.1/callback&scope=offline&state=12345678"
    )

    static let tikiBody = Self(
        name: "tiki-body",
        played: .tiki(authentication: .body),
        tokenPath: tiki.tokenPath,
        refreshPath: nil,
        authorizationPath: tiki.authorizationPath,
        tokenRequest: "-d grant_type=client_credentials -d client_id=$ID -d client_secret=$SECRET",
        codeRequest: tiki.codeRequest + " -d client_id=$ID -d client_secret=$SECRET",
        authorizationQuery: tiki.authorizationQuery
    )

    var authenticatesInBody: Bool { name == "tiki-body" }
}
