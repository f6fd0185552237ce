import EncryptedStore
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct ConformanceTests {
    @Test func `A sealed file store keeps every promise of the contract`() async throws {
        let folder = Folder()
        let cipher = try AESGCMCipher(keys: [.first])
        let report = await conformance(ofStore: { FileTokenStore(directory: folder.url, cipher: cipher) })
        #expect(report.passes, "\(report)")
    }
}
