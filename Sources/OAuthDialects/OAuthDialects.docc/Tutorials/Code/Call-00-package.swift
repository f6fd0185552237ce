// swift-tools-version: 6.2
import PackageDescription

let products: [Target.Dependency] = [
    .product(name: "OAuthDialects", package: "OAuthDialects"),
    .product(name: "OAuthProviders", package: "OAuthDialects"),
    .product(name: "OAuthDialectsTesting", package: "OAuthDialects"),
]

let package = Package(
    name: "Shop",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "OAuthDialects", path: "../OAuthDialects")
    ],
    targets: [
        .testTarget(name: "ShopTests", dependencies: products)
    ]
)
