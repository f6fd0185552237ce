import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// An entry of the API origins that is not an origin.
struct APIOriginsEntryTests {
    private static let entries = ["*.example.com", "https//api.x", "api.x/v1", "user@api.x", "http://api.x"]

    private static func dialect(_ entry: String) -> any ProviderDialect {
        .weTix(.sandbox, apiHosts: [entry])
    }

    @Test(arguments: entries)
    func `An entry that is not a host is an error although others match`(_ entry: String) throws {
        let error = tokenError {
            try APIOrigins(["api.example.com", entry]).check(Sample.url("https://api.example.com/"))
        }
        #expect(error?.code == .untrustedHost)
        #expect(error?.message.contains(entry.hasPrefix("user@") ? "\"@api.x\"" : "\"\(entry)\"") == true)
    }

    @Test(arguments: entries)
    func `Nothing is sent to a token endpoint while an entry is not a host`(_ entry: String) async throws {
        let rig = Rig(dialect: Self.dialect(entry))
        let error = await #expect(throws: TokenError.self) { try await rig.session.accessToken() }
        #expect(error?.code == .untrustedHost)
        #expect(rig.provider.calls.isEmpty)
    }

    @Test(arguments: entries)
    func `Nothing is sent to an API while an entry is not a host`(_ entry: String) async throws {
        let rig = Rig(dialect: Self.dialect(entry))
        let request = WireRequest("GET", try Sample.url("https://sb-open.wetix.my/orders"))
        let error = await #expect(throws: TokenError.self) { try await rig.session.send(request) }
        #expect(error?.code == .untrustedHost)
        #expect(rig.provider.calls.isEmpty)
    }

    @Test func `The conformance kit names an entry that is not a host`() async {
        let report = await conformance(of: Self.dialect("*.example.com"))
        #expect(report.failures.contains { "\($0)".contains("*.example.com") })
    }

    @Test func `API origins are written as a list of hosts`() throws {
        let origins: APIOrigins = ["api.example.com", "http://127.0.0.1:8080"]
        #expect(origins.contains(try Sample.url("https://api.example.com/a")))
        #expect(origins == APIOrigins(["http://127.0.0.1:8080", "api.example.com"]))
    }
}
