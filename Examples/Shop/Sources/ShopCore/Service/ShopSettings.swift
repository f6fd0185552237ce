public import Foundation
public import OAuthDialects
public import RevenueMonsterSigning

/// Where the providers are, what signs requests to them, and how long things may take.
public struct ShopSettings: Sendable {
    /// The shop's own address, as browsers and providers reach it.
    public var publicURL: URL
    /// WeTix's GraphQL endpoint, such as `https://sb-open.wetix.my/graphql`.
    public var weTixAPI: URL
    /// The root of Revenue Monster's API, such as `https://sb-open.revenuemonster.my`.
    public var revenueMonsterAPI: URL
    /// The root of Tiki's API, such as `https://api.tiki.vn`.
    public var tikiAPI: URL
    /// The root of the rewards program's API.
    public var kopiAPI: URL
    /// The merchant's store at Revenue Monster.
    public var storeID: String
    /// The key that signs WeTix's mutations.
    public var weTixKey: RSASigningKey
    /// The client that WeTix's signatures name.
    public var weTixClientID: String
    /// The source of the secret that signs WeTix's webhooks, which is the client's.
    public var weTixCredentials: any CredentialsSource
    /// The key that verifies Revenue Monster's callbacks.
    public var revenueMonsterKey: RSAVerifyingKey
    /// How long a payment page lives.
    public var checkoutLifetime: Duration = .seconds(600)
    /// How long seats are held where the cinema states no time, as GSC does.
    public var unstatedHold: Duration = .seconds(600)
    /// How often the timer looks for orders that are due.
    public var timer: Duration = .seconds(1)
    /// How long `pay` waits for the payment page.
    public var patience: Duration = .seconds(8)
    /// How far a WeTix webhook's timestamp may be from now; WeTix may send a late attempt with its first timestamp.
    public var webhookWindow: Duration = .seconds(300)
    /// How long a process may work on an order without a sign of life.
    public var claimLifetime: Duration = .seconds(30)
    /// How many orders a process works on at once.
    public var concurrency = 64

    /// Creates settings.
    public init(
        publicURL: URL,
        weTixAPI: URL,
        revenueMonsterAPI: URL,
        tikiAPI: URL,
        kopiAPI: URL,
        storeID: String,
        weTixKey: RSASigningKey,
        weTixClientID: String,
        weTixCredentials: any CredentialsSource,
        revenueMonsterKey: RSAVerifyingKey
    ) {
        self.publicURL = publicURL
        self.weTixAPI = weTixAPI
        self.revenueMonsterAPI = revenueMonsterAPI
        self.tikiAPI = tikiAPI
        self.kopiAPI = kopiAPI
        self.storeID = storeID
        self.weTixKey = weTixKey
        self.weTixClientID = weTixClientID
        self.weTixCredentials = weTixCredentials
        self.revenueMonsterKey = revenueMonsterKey
    }
}
