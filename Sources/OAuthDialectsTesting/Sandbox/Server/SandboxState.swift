internal import Foundation
internal import OAuthDialects

/// All that a sandbox knows, under one lock.
struct SandboxState: Watchable {
    /// What tasks wait for.
    struct Facts: Sendable {
        let counters: SandboxCounters
        let isHolding: Bool
    }

    let rules: SandboxRules
    var settings = SandboxSettings()
    var clients: [String: String]
    var accessTokens: [String: IssuedToken] = [:]
    var refreshTokens: [String: IssuedToken] = [:]
    var codes: [String: IssuedCode] = [:]
    var families = 0
    var routes: [SandboxRoute] = []
    var faults = SandboxFaults()
    var counters = SandboxCounters()
    var transcript: [SandboxEntry] = []
    var entries = 0
    var isHolding = false
    var watchers = WatcherList<Facts>()

    init(rules: SandboxRules, clients: [String: String]) {
        self.rules = rules
        self.clients = clients
    }

    var facts: Facts { Facts(counters: counters, isHolding: isHolding) }

    /// Adds to the transcript, of which the last thousand entries are kept.
    mutating func record(_ entry: SandboxEntry) {
        if transcript.count >= 1000 { transcript.removeFirst(transcript.count - 999) }
        transcript.append(entry)
    }

    mutating func change(_ number: Int, status: Int) {
        guard let index = transcript.lastIndex(where: { $0.number == number }) else { return }
        transcript[index].status = status
    }
}

/// What a test may set; `nil` is as the provider documents it.
struct SandboxSettings {
    var accessTokenLifetime: Duration?
    var refreshTokenLifetime: Duration?
    var rotation: RefreshTokenRotation?
    var scopes: [String]?
    var handsOutLivingTokens = false
    var redirectURIs: [String]?
    var issuer: String?
}

/// A token that was issued.
struct IssuedToken {
    enum Standing {
        case live
        case used
        case revoked
    }

    let grant: String
    let client: String
    let scopes: [String]
    let family: Int
    let expiresAt: SessionInstant
    var standing = Standing.live
}

/// A code that a person brings back from signing in.
struct IssuedCode {
    let client: String
    let scopes: [String]
    let redirectURI: String?
    let verifier: String?

    /// The S256 challenge that the verifier has to answer to (RFC 7636, section 4.6).
    var challenge: String?

    let expiresAt: SessionInstant
    let family: Int
    var isUsed = false
}

/// A path of the app's own, protected by a token.
struct SandboxRoute: Sendable {
    let method: String
    let path: String
    let handler: SandboxHandler
}

/// The faults to come: one after the other, then the standing one.
struct SandboxFaults {
    private(set) var queue: [(fault: SandboxFault, place: SandboxPlace)] = []
    var standing: [(fault: SandboxFault, place: SandboxPlace)] = []

    mutating func add(_ faults: [SandboxFault], at place: SandboxPlace) {
        queue += faults.map { (fault: $0, place: place) }
    }

    mutating func clear() {
        queue.removeAll()
        standing.removeAll()
    }

    mutating func next(at place: SandboxPlace) -> SandboxFault? {
        if let index = queue.firstIndex(where: { $0.place.includes(place) }) { return queue.remove(at: index).fault }
        return standing.last { $0.place.includes(place) }?.fault
    }
}
