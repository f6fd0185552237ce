// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .strictMemorySafety(),
]

// A resource costs a bundle, which only Apple platforms have a use for.
#if canImport(Darwin)
let includesPrivacyManifest = true
#else
let includesPrivacyManifest = false
#endif

let package = Package(
    name: "OAuthDialects",
    platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
    products: [
        .library(name: "OAuthDialects", targets: ["OAuthDialects"]),
        .library(name: "OAuthProviders", targets: ["OAuthProviders"]),
        .library(name: "OAuthDialectsTesting", targets: ["OAuthDialectsTesting"]),
    ],
    traits: [
        .trait(
            name: "URLSession",
            description: "The platform's transport, and the calls that take a URLRequest. Without it, pass a transport."
        ),
        .default(enabledTraits: ["URLSession"]),
    ],
    targets: [
        .target(
            name: "OAuthDialects",
            dependencies: [
                .target(name: "LibcurlLoader", condition: .when(platforms: [.linux], traits: ["URLSession"]))
            ],
            exclude: includesPrivacyManifest ? [] : ["PrivacyInfo.xcprivacy"],
            resources: includesPrivacyManifest ? [.copy("PrivacyInfo.xcprivacy")] : [],
            swiftSettings: settings
        ),
        .target(name: "LibcurlLoader"),
        .target(name: "OAuthProviders", dependencies: ["OAuthDialects"], swiftSettings: settings),
        .target(name: "OAuthDialectsTesting", dependencies: ["OAuthDialects"], swiftSettings: settings),
        .testTarget(
            name: "OAuthDialectsTests",
            dependencies: ["OAuthDialects", "OAuthDialectsTesting", "StoreWorker", "TransportWorker"],
            resources: [.copy("Documents"), .copy("Scenarios")],
            swiftSettings: settings
        ),
        // What the tests of shared stores run as processes of their own; no product.
        .executableTarget(
            name: "StoreWorker",
            dependencies: ["OAuthDialects"],
            path: "Tests/StoreWorker",
            swiftSettings: settings
        ),
        // What the tests of libcurl run as processes of their own; no product.
        .executableTarget(
            name: "TransportWorker",
            dependencies: ["OAuthDialects"],
            path: "Tests/TransportWorker",
            swiftSettings: settings
        ),
        .testTarget(name: "OAuthDialectsTestingTests", dependencies: ["OAuthDialectsTesting"], swiftSettings: settings),
        .testTarget(
            name: "OAuthProvidersTests",
            dependencies: ["OAuthDialects", "OAuthDialectsTesting", "OAuthProviders"],
            swiftSettings: settings
        ),
        // Deliberately without `settings`: what users with a plain manifest write has to compile here.
        .testTarget(
            name: "DefaultSettingsTests",
            dependencies: ["OAuthDialects", "OAuthDialectsTesting", "OAuthProviders"]
        ),
    ]
)
