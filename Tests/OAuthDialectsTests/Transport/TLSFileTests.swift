#if os(Linux)
import Foundation
import OAuthDialects
import Testing

@Suite(.timeLimit(.minutes(5)))
struct TLSFileTests {
    static let settings = 0..<3

    private func path(_ setting: Int) -> WritableKeyPath<LibcurlTransport.Configuration, String?> {
        [\.additionalCAFile, \.clientCertificateFile, \.clientKeyFile][setting]
    }

    private func error(_ setting: Int, _ file: String) -> TokenError? {
        var configuration = LibcurlTransport.Configuration()
        configuration[keyPath: path(setting)] = file
        return #expect(throws: TokenError.self) { try LibcurlTransport(configuration) }
    }

    @Test(arguments: settings, ["/nowhere/ca.pem", "/tmp", ""])
    func `A file that can't be read is an error that names it`(setting: Int, file: String) {
        let error = error(setting, file)
        #expect(error?.code == .invalidRequest)
        #expect(error?.message == "The file \(file) can't be read.")
    }

    @Test(arguments: settings, ["", "no PEM", "-----BEGIN PUBLIC KEY-----\nAA==\n-----END PUBLIC KEY-----\n"])
    func `A file of another kind is an error that names it`(setting: Int, text: String) async throws {
        let authority = try await TestAuthority()
        let file = try authority.write(text, to: "other.pem")
        let error = error(setting, file)
        #expect(error?.code == .invalidRequest)
        #expect(error?.message.hasPrefix("The file \(file) contains no PEM ") == true)
    }

    /// PEM around bytes that are no certificate and no key: libcurl finds out.
    @Test(arguments: settings)
    func `A damaged file sends nothing`(setting: Int) async throws {
        let authority = try await TestAuthority()
        let server = try await TLSServer(authority.certificate())
        var configuration = LibcurlTransport.Configuration()
        configuration.additionalCAFile = authority.file
        let client = try await authority.certificate()
        (configuration.clientCertificateFile, configuration.clientKeyFile) = (client.file, client.keyFile)
        let kind = setting == 2 ? "PRIVATE KEY" : "CERTIFICATE"
        let text = "-----BEGIN \(kind)-----\nAAAA\n-----END \(kind)-----\n"
        configuration[keyPath: path(setting)] = try authority.write(text, to: "damaged.pem")
        let transport = try LibcurlTransport(configuration)
        let failure = await failure { try await transport.send(.post(server.url), .api) }.wire
        #expect(failure?.reason == .tlsFailed)
        #expect(failure?.mayHaveArrived == false)
        await server.stop()
    }
}
#endif
