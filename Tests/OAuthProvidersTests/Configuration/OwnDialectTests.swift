import Foundation
import OAuthDialects
import OAuthProviders
import Testing

private let acme = DialectFactory(settings: ["region", "tenant", "apiHosts"]) { options in
    let host = try options.value("region", of: ["eu": "eu.acme.example", "us": "us.acme.example"]) ?? "eu.acme.example"
    let tenant = try options.required("tenant")
    guard tenant.allSatisfy(\.isNumber) else { throw options.error("tenant", "is no number", allowing: ["digits"]) }
    return .standard(
        name: options.provider,
        tokenEndpoint: URL(string: "https://\(host)/\(tenant)/token")!,
        apiHosts: [host] + (try options.list("apiHosts"))
    )
}

private func variables(_ changes: [String: String?] = [:]) -> [String: String] {
    let base: [String: String?] = [
        "OAUTH_PROVIDERS": "acme", "ACME_TENANT": "42", "ACME_CLIENT_ID": "a", "ACME_CLIENT_SECRET": "b",
    ]
    return base.merging(changes) { $1 }.compactMapValues(\.self)
}

@Test func `An app's own dialect reads its own settings`() throws {
    let settings = try ProviderSettings.environment(variables(["ACME_REGION": "us"]), dialects: ["acme": acme])
    let endpoint = settings.first?.dialect.tokenEndpoint(for: .clientCredentials())
    #expect(endpoint?.absoluteString == "https://us.acme.example/42/token")
    let json = #"{"providers":{"acme":{"region":"us","tenant":"42","clientID":"a","clientSecret":"b"}}}"#
    let read = try ProviderSettings.json(Data(json.utf8), dialects: ["acme": acme])
    #expect(read.first?.dialect.tokenEndpoint(for: .clientCredentials()) == endpoint)
}

@Test(
    arguments: [
        (["ACME_TENANT": nil], "ACME_TENANT", []), (["ACME_TENANT": "x"], "ACME_TENANT", ["digits"]),
        (["ACME_REGION": "wr0ng"], "ACME_REGION", ["eu", "us"]),
        (["ACME_ENVIRONMENT": "production"], "ACME_ENVIRONMENT", ["ACME_REGION", "ACME_TENANT"]),
    ] as [([String: String?], String, [String])]
)
func `A mistake in its settings names the variable`(_ changes: [String: String?], _ name: String, _ allowed: [String]) {
    let error = Configurations.mistake { try Providers.environment(variables(changes), dialects: ["acme": acme]) }
    #expect(error?.provider == "acme")
    #expect(error?.setting == name)
    for value in allowed { #expect(error?.allowedValues.contains(value) == true) }
}

@Test func `An app's dialect takes the place of a shipped one with its name`() throws {
    let own = DialectFactory { _ in
        .standard(name: "own", tokenEndpoint: URL(string: "https://own.example/token")!, apiHosts: [])
    }
    let variables = Configurations.variables(["TIKI_ENVIRONMENT": nil])
    #expect(try ProviderSettings.environment(variables, dialects: ["tiki": own]).first?.dialect.name == "own")
}

@Test func `An unknown dialect's error lists the app's own beside the shipped ones`() {
    let variables = variables(["ACME_DIALECT": "wr0ng"])
    let error = Configurations.mistake { try Providers.environment(variables, dialects: ["acme": acme]) }
    #expect(error?.allowedValues == ["acme", "revenue-monster", "standard", "tiki", "wetix"])
}

@Test func `A factory can't read a setting that it does not name`() throws {
    let forgetful = DialectFactory { options in
        _ = try options.required("region")
        return .tiki(.production)
    }
    let variables = ["OAUTH_PROVIDERS": "acme", "ACME_CLIENT_ID": "id", "ACME_CLIENT_SECRET": "secret"]
    let error = #expect(throws: ConfigurationError.self) {
        _ = try Providers.environment(variables, dialects: ["acme": forgetful])
    }
    #expect(error?.setting == "ACME_REGION")
    #expect(error?.problem.contains("does not name it") == true)
}
