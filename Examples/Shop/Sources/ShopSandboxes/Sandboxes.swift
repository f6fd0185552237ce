import Foundation
import OAuthDialects
import OAuthDialectsTesting
import RevenueMonsterSigning

/// WeTix, Revenue Monster, Tiki, and the rewards program `kopi` on loopback ports, for a shop without accounts.
///
/// They play what the providers document and keep everything in memory. What is undocumented is marked where it is played.
public final class Sandboxes: Sendable {
    /// The file with ``directory`` as JSON, which is replaced when a secret is.
    public let directoryFile: URL

    let weTix: SandboxedProvider
    let revenueMonster: SandboxedProvider
    let tiki: SandboxedProvider
    let kopi: SandboxedProvider
    let weTixAPI: WeTixAPI
    let revenueMonsterAPI: RevenueMonsterAPI
    let kopiAPI = KopiAPI()
    let weTixCallbacks: CallbackSender
    let revenueMonsterCallbacks: CallbackSender
    private let service: CallbackService
    private let pages: CheckoutServer
    private let file: DirectoryFile
    private let keys: Keys

    /// Starts the providers, and writes the directory.
    ///
    /// - Parameters:
    ///   - settings: how they behave.
    ///   - kopi: the dialect of the rewards program at a root URL.
    /// - Returns: the running providers.
    /// - Throws: an error that names the address if a port is taken, or the file that can't be written.
    public static func start(
        _ settings: Settings,
        kopi: @Sendable (URL) -> any ProviderDialect
    ) async throws -> Sandboxes {
        let file = try DirectoryFile(in: settings.folder)
        let launch = Launch(settings)
        let sandboxes: Sandboxes
        do {
            sandboxes = try await Sandboxes(settings, launch, file, kopi)
        } catch {
            await launch.stop()
            throw error
        }
        do {
            try sandboxes.rewriteDirectory()
        } catch {
            await sandboxes.stop()
            throw error
        }
        return sandboxes
    }

    private init(
        _ settings: Settings,
        _ launch: Launch,
        _ file: DirectoryFile,
        _ dialect: @Sendable (URL) -> any ProviderDialect
    ) async throws {
        self.file = file
        directoryFile = file.url
        keys = try Keys()
        service = launch.service
        let root = URL(string: "http://127.0.0.1") ?? file.url
        weTix = try await launch.provider("wetix", .weTix)
        revenueMonster = try await launch.provider("revenue-monster", .revenueMonster)
        tiki = try await launch.provider("tiki", .tiki)
        kopi = try await launch.provider("kopi", .speaking(dialect(root)))
        let clock = settings.clock
        weTixCallbacks = CallbackSender(service, settings.transport, clock, pauses: settings.webhookPauses)
        revenueMonsterCallbacks = CallbackSender(service, settings.transport, clock, pauses: settings.callbackPauses)
        revenueMonsterAPI = RevenueMonsterAPI(
            ledger: PaymentLedger(lifetime: settings.checkoutLifetime),
            merchantKey: try RSAVerifyingKey(pem: keys.merchant.publicKey),
            serverKey: try RSASigningKey(pem: keys.server.privateKey),
            callbacks: revenueMonsterCallbacks,
            storeID: keys.storeID,
            clock: clock,
            limitsLookups: settings.limitsLookups
        )
        weTixAPI = WeTixAPI(
            boxOffice: BoxOffice(holdLifetime: settings.holdLifetime, bookingDelay: settings.bookingDelay),
            verifier: MutationVerifier(
                key: try RSAVerifyingKey(pem: keys.weTix.publicKey),
                clientID: weTix.entry.clientID
            ),
            service: service,
            callbacks: weTixCallbacks,
            secret: { [weTix] in weTix.secret },
            clock: clock
        )
        pages = try await launch.pages(of: revenueMonsterAPI, revenueMonster)
        revenueMonsterAPI.serve(on: revenueMonster.sandbox, page: pages.url)
        weTixAPI.serve(on: weTix.sandbox)
        TikiAPI(clock: clock).serve(on: tiki.sandbox)
        kopiAPI.serve(on: kopi.sandbox)
    }

    /// Where the sandboxes are, with their secrets.
    public var directory: SandboxDirectory {
        SandboxDirectory(
            providers: Dictionary(uniqueKeysWithValues: providers.map { ($0.name, $0.entry) }),
            revenueMonsterServerPublicKey: keys.server.publicKey,
            merchantPrivateKey: keys.merchant.privateKey,
            weTixPrivateKey: keys.weTix.privateKey,
            storeID: keys.storeID
        )
    }

    /// The root of the payment pages.
    public var paymentPages: URL { pages.url }

    /// Ends the callbacks under way, and closes every port.
    public func stop() async {
        await service.stop()
        await pages.stop()
        for provider in providers { await provider.server.stop() }
    }

    var providers: [SandboxedProvider] { [weTix, revenueMonster, tiki, kopi] }

    func rewriteDirectory() throws {
        try file.write(directory)
    }
}

/// The keys of the shop and of Revenue Monster.
private struct Keys: Sendable {
    let merchant: KeyPair
    let server: KeyPair
    let weTix: KeyPair
    let storeID = RandomText.digits(19)

    init() throws {
        merchant = try KeyPair()
        server = try KeyPair()
        weTix = try KeyPair()
    }
}
