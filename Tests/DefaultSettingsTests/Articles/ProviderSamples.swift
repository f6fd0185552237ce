import Foundation
import OAuthDialects
import OAuthProviders

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

// The code of the articles of OAuthProviders, word for word: `ArticleTests` compares them.

private func landing(_ url: URL) async throws {
    let providers = try Providers.environment()
    let order = try await providers["tiki"].json(Order.self, from: url)
    _ = order
}

private func environment() async throws {
    let providers = try Providers.environment()
    let upkeep = Task { await providers.run() }
    let weTix = try providers["wetix"]
    let account = try Account("merchant-42")
    let merchant = try providers.session("revenue-monster", account: account)
    _ = (weTix, merchant)
    await ending(providers, upkeep)
}

private func ending(_ providers: Providers, _ upkeep: Task<Void, Never>) async {
    upkeep.cancel()
    await upkeep.value
    await providers.shutDown()
}

private func file(_ file: URL) throws {
    let providers = try Providers.json(Data(contentsOf: file))
    _ = providers
}

private func ownDialect() throws {
    let acme = DialectFactory(settings: ["tenant", "region"]) { options in
        let regions = ["eu": "eu", "us": "us"]
        let region = try options.value("region", of: regions) ?? "eu"
        let tenant = try options.required("tenant")
        return .standard(
            name: "acme",
            tokenEndpoint: URL(
                string: "https://\(region).acme.example/\(tenant)/token"
            )!,
            apiHosts: ["api.\(region).acme.example"]
        )
    }
    let providers = try Providers.environment(dialects: ["acme": acme])
    _ = providers
}

private func values(_ signer: any RequestSigner, _ vault: any CredentialsSource) throws {
    var settings = try ProviderSettings.environment()
    for index in settings.indices
    where settings[index].name == "revenue-monster" {
        settings[index].signer = signer
    }
    settings.append(
        ProviderSettings(
            "tiki",
            dialect: .tiki(.production),
            credentials: vault
        )
    )
    let providers = try Providers(settings, store: FileTokenStore())
    _ = providers
}

private func health(_ providers: Providers) throws {
    let status = providers.status
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .iso8601
    respond(status.isHealthy ? 200 : 503, try encoder.encode(status))
}

private func respond(_ status: Int, _ body: Data) {}
