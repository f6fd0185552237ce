import Foundation
import OAuthDialects
import Testing

struct GoldenTikiTests {
    /// The example's Basic value ends in `...`; the rest of the secret is made up.
    @Test func `A request with Basic is the page's curl example`() throws {
        let curl = try Document(4).curl()
        let credentials = try curl.credentials()
        let exchange = Sample.exchange(id: credentials.id, secret: credentials.secret + "-and-the-rest")

        let request = try TikiDialect(.production).request(for: exchange)

        #expect(request.method == curl.method)
        #expect(request.url.absoluteString == curl.url)
        #expect(Set(request.particularHeaders.keys) == Set(curl.headers.keys))
        #expect(request.headers["Content-Type"] == curl.headers["Content-Type"])
        let shown = try #require(curl.headers["Authorization"])
        #expect(shown.hasSuffix("..."))
        #expect(request.headers["Authorization"]?.hasPrefix(shown.dropLast(3)) == true)
        #expect(try request.decodedForm().map { "\($0)=\($1)" } == curl.form)
    }

    @Test func `The id in the curl example is the one in the page's table`() throws {
        let document = try Document(4)
        let id = try document.curl().credentials().id
        #expect(document.text.contains("client_id\(id)Your app id"))
    }

    /// Source: Tiki's page on the endpoint's authentication method.
    @Test func `With authentication in the body there is no header`() throws {
        let dialect = TikiDialect(.production, authentication: .body)
        let request = try dialect.request(for: Sample.exchange())
        #expect(request.headers["Authorization"] == nil)
        #expect(
            try request.decodedFields() == [
                "grant_type": "client_credentials", "client_id": "client", "client_secret": Sample.clientSecret,
            ]
        )
    }

    /// Source: Tiki's pages on the authorization code flow.
    @Test(arguments: [TikiDialect.Authentication.basic, .body])
    func `Codes and refresh tokens come with the client's id, once`(_ authentication: TikiDialect.Authentication) throws
    {
        let dialect = TikiDialect(.production, authentication: authentication)
        for grant in [try Sample.refresh(), Sample.code] {
            let names = try dialect.request(for: Sample.exchange(grant)).decodedForm().map(\.0)
            #expect(names.count { $0 == "client_id" } == 1)
            #expect(names.contains("client_secret") == (authentication == .body))
        }
    }
}
