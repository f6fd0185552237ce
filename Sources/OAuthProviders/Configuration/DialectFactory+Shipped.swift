internal import OAuthDialects

extension DialectFactory {
    /// The factories of the shipped dialects, by their names.
    static let shipped = [
        "wetix": weTix, "revenue-monster": revenueMonster, "tiki": tiki, "standard": standard,
    ]

    private static let weTix = Self(settings: ["environment", "authorizationEndpoint", "apiHosts"]) { options in
        .weTix(
            try options.reading("environment", allowing: WeTixDialect.Environment.allowed) { try .init($0) },
            authorizationEndpoint: try options.url("authorizationEndpoint"),
            apiHosts: try options.list("apiHosts")
        )
    }

    private static let revenueMonster = Self(settings: ["environment", "apiHosts"]) { options in
        .revenueMonster(
            try options.reading("environment", allowing: RevenueMonsterDialect.Environment.allowed) { try .init($0) },
            apiHosts: try options.list("apiHosts")
        )
    }

    private static let tiki = Self(settings: ["environment", "authentication", "apiHosts"]) { options in
        .tiki(
            try options.reading("environment", allowing: TikiDialect.Environment.allowed) { try .init($0) },
            authentication: try options.value("authentication", of: ["basic": .basic, "body": .body]) ?? .basic,
            apiHosts: try options.list("apiHosts")
        )
    }

    private static let standard = Self(settings: [
        "tokenEndpoint", "refreshEndpoint", "authorizationEndpoint", "revocationEndpoint", "issuer", "authentication",
        "apiHosts",
    ]) { options in
        _ = try options.required("tokenEndpoint")
        guard let tokenEndpoint = try options.url("tokenEndpoint") else {
            throw options.error("tokenEndpoint", "is missing")
        }
        let authentication = try options.value(
            "authentication",
            of: [
                "basic": WireConventions.TokenRequest.ClientAuthentication.basicFormEncoded, "body": .body,
                "public": .publicClient,
            ]
        )
        return .standard(
            name: options.provider,
            tokenEndpoint: tokenEndpoint,
            refreshEndpoint: try options.url("refreshEndpoint"),
            apiHosts: try options.list("apiHosts"),
            authorizationEndpoint: try options.url("authorizationEndpoint"),
            revocationEndpoint: try options.url("revocationEndpoint"),
            issuer: try options.text("issuer"),
            conventions: WireConventions { $0.request.clientAuthentication = authentication ?? .basicFormEncoded }
        )
    }
}
