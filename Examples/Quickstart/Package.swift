// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Quickstart",
    platforms: [.macOS(.v15)],
    dependencies: [
        // The name lets the package resolve in a folder of any name.
        .package(name: "OAuthDialects", path: "../.."),
        // A second executable here would keep `swift run` from knowing which one is meant; one of a dependency does not.
        .package(name: "Sandbox", path: "../Sandbox"),
    ],
    targets: [
        .executableTarget(
            name: "Quickstart",
            dependencies: [
                .product(name: "OAuthDialects", package: "OAuthDialects"),
                .product(name: "OAuthDialectsTesting", package: "OAuthDialects"),
                .product(name: "sandbox", package: "Sandbox"),
            ]
        )
    ]
)
