import Foundation

/// Where the sandboxes are and what a shop needs to talk to them.
///
/// It contains secrets, which are worth nothing outside of the sandboxes.
public struct SandboxDirectory: Codable, Sendable, CustomStringConvertible {
    /// A provider.
    public struct Provider: Codable, Sendable {
        /// The root of its OAuth endpoints and of its API, on loopback.
        public var url: URL
        /// The shop's client at the provider.
        public var clientID: String
        /// The secret of the shop's client.
        public var clientSecret: String

        /// Creates a provider.
        public init(url: URL, clientID: String, clientSecret: String) {
            self.url = url
            self.clientID = clientID
            self.clientSecret = clientSecret
        }
    }

    /// The providers by name: `wetix`, `revenue-monster`, `tiki`, and `kopi`.
    public var providers: [String: Provider]
    /// The key that verifies Revenue Monster's callbacks, as PEM.
    public var revenueMonsterServerPublicKey: String
    /// The key that signs the merchant's requests to Revenue Monster, as PEM.
    public var merchantPrivateKey: String
    /// The key that signs mutations at WeTix, as PEM.
    public var weTixPrivateKey: String
    /// The merchant's store at Revenue Monster.
    public var storeID: String

    /// Creates a directory.
    public init(
        providers: [String: Provider],
        revenueMonsterServerPublicKey: String,
        merchantPrivateKey: String,
        weTixPrivateKey: String,
        storeID: String
    ) {
        self.providers = providers
        self.revenueMonsterServerPublicKey = revenueMonsterServerPublicKey
        self.merchantPrivateKey = merchantPrivateKey
        self.weTixPrivateKey = weTixPrivateKey
        self.storeID = storeID
    }

    public var description: String {
        providers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.url)" }.joined(separator: ", ")
    }
}

extension SandboxDirectory.Provider: CustomStringConvertible {
    public var description: String { "\(clientID) at \(url)" }
}
