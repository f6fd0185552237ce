// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "CommandLineSignIn",
    platforms: [.macOS(.v15)],
    products: [.library(name: "LoopbackSignIn", targets: ["LoopbackSignIn"])],
    dependencies: [
        // The name lets the package resolve in a folder of any name.
        .package(name: "OAuthDialects", path: "../.."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
    ],
    targets: [
        .target(
            name: "LoopbackSignIn",
            dependencies: [
                .product(name: "OAuthDialects", package: "OAuthDialects"),
                .product(name: "FlyingFox", package: "FlyingFox"),
            ]
        ),
        .executableTarget(
            name: "CommandLineSignIn",
            dependencies: [
                "LoopbackSignIn",
                .product(name: "OAuthDialects", package: "OAuthDialects"),
                .product(name: "OAuthDialectsTesting", package: "OAuthDialects"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .testTarget(
            name: "CommandLineSignInTests",
            dependencies: [
                "CommandLineSignIn",
                "LoopbackSignIn",
                .product(name: "OAuthDialectsTesting", package: "OAuthDialects"),
            ]
        ),
    ]
)
