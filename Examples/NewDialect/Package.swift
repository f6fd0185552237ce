// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "NewDialect",
    platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
    products: [.library(name: "NewDialect", targets: ["NewDialect"])],
    dependencies: [
        // The name lets the package resolve in a folder of any name.
        .package(name: "OAuthDialects", path: "../..")
    ],
    targets: [
        .target(name: "NewDialect", dependencies: [.product(name: "OAuthDialects", package: "OAuthDialects")]),
        .testTarget(
            name: "NewDialectTests",
            dependencies: [
                "NewDialect",
                .product(name: "OAuthDialects", package: "OAuthDialects"),
                .product(name: "OAuthDialectsTesting", package: "OAuthDialects"),
            ]
        ),
    ]
)
