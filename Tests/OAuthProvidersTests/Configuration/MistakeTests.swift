import Foundation
import OAuthDialects
import OAuthProviders
import Testing

/// One mistake: what is changed, and what its error must name.
struct Mistake: CustomTestStringConvertible, Sendable {
    let changes: [String: String?]
    let provider: String?
    let setting: String?
    let allowed: [String]

    init(
        _ changes: [String: String?],
        in provider: String? = "tiki",
        at setting: String?,
        allowing allowed: [String] = []
    ) {
        (self.changes, self.provider, self.setting, self.allowed) = (changes, provider, setting, allowed)
    }

    var testDescription: String { changes.keys.sorted().joined(separator: ", ") }

    func check(_ error: ConfigurationError?) throws {
        let error = try #require(error)
        #expect(error.provider == provider)
        #expect(error.setting == setting)
        for value in allowed { #expect(error.allowedValues.contains(value), "\(error)") }
        let text = printed(error)
        for part in [provider, setting].compactMap(\.self) + error.allowedValues {
            #expect("\(error)".contains(part), "\(error)")
        }
        #expect(!text.contains(Configurations.secret), "\(error)")
        #expect(!text.contains("wr0ng"), "\(error)")
    }
}

private let mistakesInVariables = [
    Mistake(["OAUTH_PROVIDERS": nil], in: nil, at: "OAUTH_PROVIDERS"),
    Mistake(["OAUTH_PROVIDERS": " , "], in: nil, at: "OAUTH_PROVIDERS"),
    Mistake(["OAUTH_PROVIDERS": "tiki,tiki"], in: nil, at: "OAUTH_PROVIDERS"),
    Mistake(["OAUTH_PROVIDERS": "Tiki"], in: "Tiki", at: nil),
    Mistake(
        ["OAUTH_PROVIDERS": "shop"],
        in: "shop",
        at: "SHOP_DIALECT",
        allowing: ["tiki", "wetix", "revenue-monster"]
    ),
    Mistake(["TIKI_DIALECT": "wr0ng"], at: "TIKI_DIALECT", allowing: ["tiki", "wetix", "revenue-monster", "standard"]),
    Mistake(["TIKI_ENVIRONMENT": "wr0ng"], at: "TIKI_ENVIRONMENT", allowing: ["production", "an https URL"]),
    Mistake(["TIKI_ENVIRONMENT": nil], at: "TIKI_ENVIRONMENT", allowing: ["production"]),
    Mistake(["TIKI_ENVIRONMENT": "http://wr0ng.example"], at: "TIKI_ENVIRONMENT", allowing: ["production"]),
    Mistake(["TIKI_ENVIRONMENT": "https://user:wr0ng@api.example"], at: "TIKI_ENVIRONMENT", allowing: ["production"]),
    Mistake(["TIKI_ENVIRONMENT": "https://api.example?key=wr0ng"], at: "TIKI_ENVIRONMENT", allowing: ["production"]),
    Mistake(
        ["TIKI_DIALECT": "wetix", "TIKI_ENVIRONMENT": "wr0ng"],
        at: "TIKI_ENVIRONMENT",
        allowing: ["production", "sandbox", "legacy-production", "legacy-sandbox"]
    ),
    Mistake(
        ["TIKI_DIALECT": "revenue-monster", "TIKI_ENVIRONMENT": "wr0ng"],
        at: "TIKI_ENVIRONMENT",
        allowing: ["production", "sandbox"]
    ),
    Mistake(["TIKI_ENVIROMENT": "production"], at: "TIKI_ENVIROMENT", allowing: ["TIKI_ENVIRONMENT", "TIKI_STORE"]),
    Mistake(["TIKI_AUTHENTICATION": "wr0ng"], at: "TIKI_AUTHENTICATION", allowing: ["basic", "body"]),
    Mistake(["TIKI_API_HOSTS": "api.example,https://wr0ng/path"], at: "TIKI_API_HOSTS"),
    Mistake(["TIKI_CLIENT_ID": nil], at: "TIKI_CLIENT_ID"),
    Mistake(["TIKI_CLIENT_SECRET": nil], at: "TIKI_CLIENT_SECRET"),
    Mistake(["TIKI_CLIENT_SECRET": ""], at: "TIKI_CLIENT_SECRET"),
    Mistake(["TIKI_STORE": "wr0ng"], at: "TIKI_STORE", allowing: ["memory", "file"]),
    Mistake(["TIKI_STORE": "file:relative/wr0ng"], at: "TIKI_STORE", allowing: ["memory", "file"]),
    Mistake(["TIKI_STORE": "file:"], at: "TIKI_STORE", allowing: ["memory", "file"]),
    Mistake(
        ["TIKI_DIALECT": "wetix", "TIKI_ENVIRONMENT": "sandbox", "TIKI_AUTHORIZATION_ENDPOINT": "wr0ng"],
        at: "TIKI_AUTHORIZATION_ENDPOINT",
        allowing: ["an https URL"]
    ),
    Mistake(
        ["TIKI_DIALECT": "wetix", "TIKI_ENVIRONMENT": "sandbox", "TIKI_CLIENT_SECRET": "wr0ng\n"],
        at: "TIKI_CLIENT_SECRET"
    ),
    Mistake(
        ["TIKI_DIALECT": "wetix", "TIKI_ENVIRONMENT": "sandbox", "TIKI_CLIENT_ID": "wr0ng:id"],
        at: "TIKI_CLIENT_ID"
    ),
    Mistake(["TIKI_DIALECT": "standard", "TIKI_ENVIRONMENT": nil], at: "TIKI_TOKEN_ENDPOINT"),
    Mistake(
        ["TIKI_DIALECT": "standard", "TIKI_ENVIRONMENT": nil, "TIKI_TOKEN_ENDPOINT": "http://127.0.0.1:1/token"],
        at: nil
    ),
]

private let mistakesInJSON = [
    Mistake(["environment": nil], at: "environment", allowing: ["production"]),
    Mistake(["environment": #""wr0ng""#], at: "environment", allowing: ["production"]),
    Mistake(["environment": "5"], at: "environment"),
    Mistake(["environment": #"["production"]"#], at: "environment"),
    Mistake(["dialect": #""wr0ng""#], at: "dialect", allowing: ["tiki", "wetix", "revenue-monster"]),
    Mistake(["dialect": "true"], at: "dialect"),
    Mistake(["clientId": #""wr0ng""#], at: "clientId", allowing: ["clientID"]),
    Mistake(["clientID": nil, "clientSecret": nil], at: "clientID"),
    Mistake(["clientSecret": "null"], at: "clientSecret"),
    Mistake(["authentication": #""wr0ng""#], at: "authentication", allowing: ["basic", "body"]),
    Mistake(["apiHosts": #"["*.wr0ng.example"]"#], at: "apiHosts"),
    Mistake(["apiHosts": #"[5]"#], at: "apiHosts"),
    Mistake(["accounts": #"[""]"#], at: "accounts"),
    Mistake(["accounts": #"{"wr0ng":1}"#], at: "accounts"),
    Mistake(["store": #""wr0ng""#], at: "store", allowing: ["memory", "file"]),
]

@Test(arguments: mistakesInVariables)
func `A mistake in a variable names the provider, the variable, and what is allowed`(_ mistake: Mistake) throws {
    try mistake.check(Configurations.mistake { try Providers.environment(Configurations.variables(mistake.changes)) })
}

@Test(arguments: mistakesInJSON)
func `A mistake in JSON names the provider, the setting, and what is allowed`(_ mistake: Mistake) throws {
    try mistake.check(Configurations.mistake { try Providers.json(Configurations.json(mistake.changes)) })
}

@Test(arguments: [
    "", "[]", "{", #"{"providers":[]}"#, "{}", #"{"provider":{}}"#, #"{"providers":{"tiki":5}}"#,
    #"{"providers":{"Ti ki":{}}}"#, #"{"providers":{},"providers":{}}"#,
    #"{"providers":{"tiki":{"environment":"production","environment":"production","clientID":"a","clientSecret":"b"}}}"#,
])
func `A text that is no configuration is refused`(_ text: String) throws {
    let error = try #require(Configurations.mistake { try Providers.json(Data(text.utf8)) })
    #expect(!error.problem.isEmpty)
}

@Test func `A missing client names both of its variables`() throws {
    let variables = Configurations.variables(["TIKI_CLIENT_ID": nil, "TIKI_CLIENT_SECRET": nil])
    let error = try #require(Configurations.mistake { try Providers.environment(variables) })
    #expect("\(error)" == "Provider tiki, TIKI_CLIENT_ID: is missing, and so is TIKI_CLIENT_SECRET.")
}

@Test func `A variable that would set two providers is a mistake`() throws {
    let variables = [
        "OAUTH_PROVIDERS": "tiki,tiki-account", "TIKI_ACCOUNT_DIALECT": "tiki",
        "TIKI_CLIENT_ID": "a", "TIKI_CLIENT_SECRET": "b",
        "TIKI_ACCOUNT_CLIENT_ID": "c", "TIKI_ACCOUNT_CLIENT_SECRET": "d",
    ]
    let error = try #require(Configurations.mistake { try Providers.environment(variables) })
    #expect(error.provider == "tiki-account" && error.setting == "TIKI_ACCOUNT_SCOPES")
}

@Test func `Settings by value are checked for their names`() throws {
    func settings(_ name: String) -> ProviderSettings {
        ProviderSettings(name, dialect: .tiki(.production), credentials: ClientCredentials(id: "a", secret: "b"))
    }
    for name in ["", "Tiki", "1tiki", "ti_ki", "tiki-", "tïki"] {
        let error = try #require(Configurations.mistake { try Providers([settings(name)]) })
        #expect(error.provider == name)
    }
    let error = Configurations.mistake { try Providers([settings("tiki"), settings("tiki")]) }
    #expect(error?.provider == "tiki")
}
