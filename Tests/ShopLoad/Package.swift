// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "ShopLoad",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "OAuthDialects", path: "../.."),
        .package(name: "Shop", path: "../../Examples/Shop"),
    ],
    targets: [
        .executableTarget(
            name: "ShopLoad",
            dependencies: [
                .product(name: "OAuthDialects", package: "OAuthDialects"),
                .product(name: "OAuthDialectsTesting", package: "OAuthDialects"),
                // Built beside this program, which runs it.
                .product(name: "Shop", package: "Shop"),
                .product(name: "ShopSandboxes", package: "Shop"),
            ]
        )
    ]
)
