// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Fuzzing",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "Fuzzer", targets: ["Fuzzer"]),
        .executable(name: "Replay", targets: ["Replay"]),
    ],
    dependencies: [
        // The name lets the package resolve in a folder of any name.
        .package(name: "OAuthDialects", path: "../..")
    ],
    targets: [
        .target(
            name: "Readers",
            dependencies: [
                .product(name: "OAuthDialects", package: "OAuthDialects"),
                .product(name: "OAuthDialectsTesting", package: "OAuthDialects"),
            ]
        ),
        // libFuzzer brings the `main`.
        .executableTarget(
            name: "Fuzzer",
            dependencies: ["Readers"],
            swiftSettings: [.unsafeFlags(["-parse-as-library"])]
        ),
        .executableTarget(name: "Replay", dependencies: ["Readers"]),
    ]
)
