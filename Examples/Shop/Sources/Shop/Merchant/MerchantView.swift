import Foundation
import OAuthDialects

/// The merchant's accounts, and the marketplace's orders.
struct MerchantView {
    struct Notice {
        let text: String
        let tone: String
    }

    struct Account {
        let name: String
        let title: String
        let purpose: String
        let standing: StandingWords
        let isConnected: Bool
        let scopes: [String]
        let missing: String?
        let failure: String?
    }

    let notice: Notice?
    let accounts: [Account]
    let orders: [MerchantOrder]
    let ordersProblem: String?
    let hasNoOrders: Bool

    init(_ accounts: [Account], _ orders: Result<[MerchantOrder], Problem>?, notice: Notice?) {
        self.accounts = accounts
        self.notice = notice
        self.orders = (try? orders?.get()) ?? []
        switch orders {
        case .success(let orders): (ordersProblem, hasNoOrders) = (nil, orders.isEmpty)
        case .failure(let problem): (ordersProblem, hasNoOrders) = (problem.text, false)
        case nil: (ordersProblem, hasNoOrders) = ("Connect Tiki to see its orders.", false)
        }
    }
}

extension MerchantView.Account {
    init(_ connection: Connection, _ status: SessionStatus) {
        name = connection.name
        title = connection.title
        purpose = connection.purpose
        standing = status.isSignedIn ? StandingWords(status) : .notConnected
        isConnected = status.isSignedIn
        scopes = status.scopes
        missing = status.missingScopes.isEmpty ? nil : status.missingScopes.joined(separator: ", ")
        failure = status.isSignedIn ? status.lastFailure : nil
    }
}

extension SessionStatus {
    /// Whether somebody is signed in, whatever the token's age.
    var isSignedIn: Bool {
        switch standing {
        case .working, .suspect: true
        case .expired, .noToken: hasRefreshToken
        case .signInRequired, .signedOut: false
        }
    }
}
