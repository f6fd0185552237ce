// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Shop",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "Shop", targets: ["Shop"]),
        // For `Tests/ShopLoad` of the repository.
        .library(name: "ShopSandboxes", targets: ["ShopCore", "ShopSandboxes"]),
    ],
    traits: [
        // Builds the variant on PostgreSQL, which needs libpq: `swift run --traits PostgreSQL`.
        .trait(name: "PostgreSQL")
    ],
    dependencies: [
        // The name lets the package resolve in a folder of any name.
        .package(name: "OAuthDialects", path: "../.."),
        .package(path: "../Observability"),
        .package(path: "../PostgresTokenStore"),
        .package(path: "../RevenueMonsterSigning"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.3"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // What the shop does, without a web server: orders, payments, and what it asks the providers.
        .target(
            name: "ShopCore",
            dependencies: [
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "OAuthDialects", package: "OAuthDialects"),
                .product(name: "OAuthProviders", package: "OAuthDialects"),
                .product(name: "RevenueMonsterSigning", package: "RevenueMonsterSigning"),
            ]
        ),
        // The providers' documented APIs on loopback, so that the shop runs without an account.
        .target(
            name: "ShopSandboxes",
            dependencies: [
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "OAuthDialects", package: "OAuthDialects"),
                .product(name: "OAuthDialectsTesting", package: "OAuthDialects"),
                .product(name: "RevenueMonsterSigning", package: "RevenueMonsterSigning"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        .target(
            name: "ShopPostgres",
            dependencies: [
                "ShopCore",
                .product(name: "OAuthDialects", package: "OAuthDialects"),
                .product(
                    name: "PostgresConnections",
                    package: "PostgresTokenStore",
                    condition: .when(traits: ["PostgreSQL"])
                ),
                .product(
                    name: "PostgresTokenStore",
                    package: "PostgresTokenStore",
                    condition: .when(traits: ["PostgreSQL"])
                ),
            ]
        ),
        .executableTarget(
            name: "Shop",
            dependencies: [
                "ShopCore", "ShopPostgres", "ShopSandboxes",
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "OAuthDialects", package: "OAuthDialects"),
                .product(name: "OAuthProviders", package: "OAuthDialects"),
                .product(
                    name: "PostgresTokenStore",
                    package: "PostgresTokenStore",
                    condition: .when(traits: ["PostgreSQL"])
                ),
                .product(name: "RevenueMonsterSigning", package: "RevenueMonsterSigning"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SessionObservability", package: "Observability"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ],
            resources: [.copy("Templates"), .copy("Assets")]
        ),
        .testTarget(
            name: "ShopCoreTests",
            dependencies: [
                "ShopCore", "ShopSandboxes",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "OAuthDialects", package: "OAuthDialects"),
                .product(name: "OAuthDialectsTesting", package: "OAuthDialects"),
                .product(name: "RevenueMonsterSigning", package: "RevenueMonsterSigning"),
            ],
            resources: [.copy("QRCodeFixtures")]
        ),
        // The shop's executable in Chromium.
        .testTarget(
            name: "ShopBrowserTests",
            dependencies: [
                "Shop", "ShopCore", "ShopSandboxes",
                .product(name: "OAuthDialects", package: "OAuthDialects"),
                .product(
                    name: "FleetSupport",
                    package: "PostgresTokenStore",
                    condition: .when(traits: ["PostgreSQL"])
                ),
            ]
        ),
        .testTarget(
            name: "ShopSandboxesTests",
            dependencies: [
                "ShopSandboxes",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "OAuthDialects", package: "OAuthDialects"),
                .product(name: "OAuthDialectsTesting", package: "OAuthDialects"),
                .product(name: "RevenueMonsterSigning", package: "RevenueMonsterSigning"),
            ]
        ),
        .testTarget(
            name: "ShopTests",
            dependencies: [
                "Shop", "ShopCore", "ShopSandboxes",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
                .product(name: "OAuthDialects", package: "OAuthDialects"),
                .product(name: "OAuthDialectsTesting", package: "OAuthDialects"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ]
        ),
        .testTarget(
            name: "ShopPostgresTests",
            dependencies: [
                "Shop", "ShopCore", "ShopPostgres", "ShopSandboxes",
                .product(name: "OAuthDialects", package: "OAuthDialects"),
                .product(
                    name: "FleetSupport",
                    package: "PostgresTokenStore",
                    condition: .when(traits: ["PostgreSQL"])
                ),
            ]
        ),
    ]
)
