// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "EncryptedStore",
    platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
    products: [.library(name: "EncryptedStore", targets: ["EncryptedStore"])],
    dependencies: [
        // The name lets the package resolve in a folder of any name.
        .package(name: "OAuthDialects", path: "../.."),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    ],
    targets: [
        .target(
            name: "EncryptedStore",
            dependencies: [
                .product(name: "OAuthDialects", package: "OAuthDialects"),
                .product(name: "Crypto", package: "swift-crypto"),
            ]
        ),
        .testTarget(
            name: "EncryptedStoreTests",
            dependencies: [
                "EncryptedStore",
                .product(name: "OAuthDialectsTesting", package: "OAuthDialects"),
            ]
        ),
    ]
)
