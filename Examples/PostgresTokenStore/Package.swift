// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "PostgresTokenStore",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "PostgresTokenStore", targets: ["PostgresTokenStore"]),
        .library(name: "PostgresConnections", targets: ["PostgresConnections"]),
        // For the tests of a program that uses the store: servers of their own, and connections that are cut.
        .library(name: "FleetSupport", targets: ["FleetSupport"]),
        .executable(name: "MigrateTokenStore", targets: ["MigrateTokenStore"]),
    ],
    dependencies: [
        // The name lets the package resolve in a folder of any name.
        .package(name: "OAuthDialects", path: "../..")
    ],
    targets: [
        .systemLibrary(
            name: "CLibPQ",
            pkgConfig: "libpq",
            providers: [.apt(["libpq-dev"]), .brew(["libpq"])]
        ),
        // What speaks libpq; it knows no token.
        .target(
            name: "PostgresConnections",
            dependencies: ["CLibPQ", .product(name: "OAuthDialects", package: "OAuthDialects")]
        ),
        .target(
            name: "PostgresTokenStore",
            dependencies: ["PostgresConnections", .product(name: "OAuthDialects", package: "OAuthDialects")]
        ),
        .executableTarget(name: "MigrateTokenStore", dependencies: ["PostgresTokenStore"]),
        // What the tests share with the processes that they run.
        .target(
            name: "FleetSupport",
            dependencies: [.product(name: "OAuthDialects", package: "OAuthDialects")],
            path: "Tests/FleetSupport"
        ),
        .executableTarget(
            name: "FleetWorker",
            dependencies: [
                "PostgresTokenStore", "FleetSupport",
                .product(name: "OAuthDialectsTesting", package: "OAuthDialects"),
            ],
            path: "Tests/FleetWorker"
        ),
        .testTarget(
            name: "PostgresTokenStoreTests",
            dependencies: [
                "PostgresTokenStore", "FleetSupport", "FleetWorker",
                .product(name: "OAuthDialectsTesting", package: "OAuthDialects"),
            ]
        ),
    ]
)
