internal import Foundation
internal import OAuthDialects

/// The state of a sandbox, protected by one lock.
struct SandboxState: Watchable {
    /// The values for which tasks wait.
    struct Facts: Sendable {
        let counters: SandboxCounters
        let isHolding: Bool
    }

    let rules: SandboxRules
    var settings = SandboxSettings()
    var clients: [String: String]

    /// The first client, whose requests those are that name none.
    let owner: String
    var accessTokens: [String: IssuedToken] = [:]
    var refreshTokens: [String: IssuedToken] = [:]
    var codes: [String: IssuedCode] = [:]
    var families = 0
    var routes: [SandboxRoute] = []
    var faults = FaultPlans()
    var counters = SandboxCounters()
    var transcript: [SandboxEntry] = []
    var entries = 0
    var isHolding = false

    /// The wall date of the request in hand.
    var date = Date(timeIntervalSince1970: 0)
    var watchers = WatcherList<Facts>()

    init(rules: SandboxRules, client: ClientCredentials) {
        self.rules = rules
        owner = client.id
        settings.issuer = rules.issuer
        clients = [client.id: client.secret?.revealed ?? ""]
    }

    var facts: Facts { Facts(counters: counters, isHolding: isHolding) }

    /// Adds an entry to the transcript, which keeps the last thousand.
    mutating func record(_ entry: SandboxEntry) {
        if transcript.count >= 1000 { transcript.removeFirst(transcript.count - 999) }
        transcript.append(entry)
    }

    mutating func change(_ number: Int, status: Int) {
        guard let index = transcript.lastIndex(where: { $0.number == number }) else { return }
        transcript[index].status = status
    }
}

/// The settings that a test may change; `nil` means the provider's documented behavior, or no restriction.
struct SandboxSettings {
    var accessTokenLifetime: Duration?
    var refreshTokenLifetime: Duration?
    var rotation: RefreshTokenRotation?
    var forgivesUnusedSuccessors = false
    var scopes: [String]?
    var handsOutLivingTokens = false
    var redirectURIs: [String]?
    var issuer: String?
    var latency = Duration.zero
}

/// An issued access token or refresh token.
struct IssuedToken {
    enum Standing {
        case live
        case used
        /// Its predecessor was used once more, and forgiven.
        case replaced
        case revoked
    }

    let grant: String
    let client: String
    let scopes: [String]
    let family: Int
    let expiresAt: SessionInstant
    var standing = Standing.live
    /// The refresh tokens that its uses returned.
    var successors: [String] = []
}

/// An issued authorization code.
struct IssuedCode {
    let client: String
    let scopes: [String]
    let redirectURI: String?
    let verifier: String?

    /// The S256 challenge that the verifier has to match (RFC 7636, section 4.6).
    var challenge: String?

    let expiresAt: SessionInstant
    let family: Int
    var isUsed = false
}
