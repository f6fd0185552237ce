import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// A provider that nests its tokens.
private protocol Nesting: ProviderDialect {}

extension Nesting {
    var apiOrigins: APIOrigins { ["api.nesting.example"] }

    func tokenEndpoint(for grant: Grant) -> URL? { URL(string: "https://nesting.example/token") }

    fileprivate func nested(_ response: WireResponse, _ exchange: TokenExchange) throws -> TokenSet {
        var conventions = WireConventions()
        conventions.answer.containers = ["result"]
        return try conventions.tokens(in: response, for: exchange)
    }
}

private struct Spelled: Nesting {
    let name = "spelled"

    func tokens(in response: WireResponse, for exchange: TokenExchange) throws -> TokenSet {
        try nested(response, exchange)
    }

    func isTokenRejection(_ response: WireResponse) -> Bool { [401, 403].contains(response.status) }
}

/// Two functions that compile and that nobody calls: one lacks a label, the other has another name.
private struct Misspelled: Nesting {
    let name = "misspelled"

    func tokens(in response: WireResponse) throws -> TokenSet {
        try nested(response, TokenExchange(grant: .clientCredentials(), credentials: Shipped.client, date: Date()))
    }

    func isTokenRejected(_ response: WireResponse) -> Bool { [401, 403].contains(response.status) }
}

/// A function whose effect shows for a code that only its provider knows.
private struct Secretive: Nesting {
    let name = "secretive"

    func remedy(for refusal: Refusal, of exchange: TokenExchange) -> Remedy {
        refusal.code == "E-7734" ? .discardGrant : .standard(for: refusal, of: exchange)
    }
}

/// The report says which members are the dialect's own.
@Suite(.timeLimit(.minutes(1)))
struct OwnMembersTests {
    private let shape = TokenAnswerShape.nested(in: "result")

    @Test func `A member of the dialect's own is listed`() async {
        let report = await conformance(of: Spelled(), answering: shape)
        #expect(report.ownMembers == ["tokens(in:for:)", "isTokenRejection(_:)"])
        #expect(!report.defaultMembers.contains("tokens(in:for:)"))
        #expect("\(report)".contains("Own behavior: tokens(in:for:), isTokenRejection(_:)\n"))
    }

    @Test func `A misspelled member is listed as the default that it is`() async {
        let report = await conformance(of: Misspelled(), answering: shape)
        #expect(report.ownMembers == [])
        #expect(report.defaultMembers.contains("tokens(in:for:)"))
        #expect(report.defaultMembers.contains("isTokenRejection(_:)"))
        #expect("\(report)".contains("Own behavior: none\n"))
        #expect(report.failures.contains { $0.name == "tokenAnswers" })
    }

    @Test func `Conventions count as the dialect's own behavior`() async {
        let report = await conformance(of: Habit.ownNames)
        #expect(report.ownMembers == ["conventions", "authorizationEndpoint", "revocationEndpoint"])
    }

    @Test func `What shows only for inputs that the kit does not try counts as the default`() async {
        let report = await conformance(of: Secretive())
        #expect(report.ownMembers == [] && report.defaultMembers.contains("remedy(for:of:)"))
    }

    @Test func `Stores and transports have no members`() async {
        let report = await conformance(ofStore: { InMemoryTokenStore() })
        #expect(report.ownMembers == [] && report.defaultMembers == [] && !"\(report)".contains("Own behavior"))
    }
}
