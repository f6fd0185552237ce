// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Tour",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "tour", targets: ["Tour"])],
    dependencies: [
        // The name lets the package resolve in a folder of any name.
        .package(name: "OAuthDialects", path: "../..")
    ],
    targets: [
        .executableTarget(
            name: "Tour",
            dependencies: [
                .product(name: "OAuthDialects", package: "OAuthDialects"),
                .product(name: "OAuthDialectsTesting", package: "OAuthDialects"),
            ]
        ),
        .testTarget(name: "TourTests", dependencies: ["Tour"]),
    ]
)
