// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Sandbox",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "sandbox", targets: ["Sandbox"])],
    dependencies: [
        // The name lets the package resolve in a folder of any name.
        .package(name: "OAuthDialects", path: "../..")
    ],
    targets: [
        .executableTarget(
            name: "Sandbox",
            dependencies: [
                .product(name: "OAuthDialects", package: "OAuthDialects"),
                .product(name: "OAuthDialectsTesting", package: "OAuthDialects"),
            ]
        )
    ]
)
