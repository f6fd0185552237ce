import Foundation
import OAuthDialects
import ShopCore
import Testing

@Suite struct FileCredentialsTests {
    @Test func `A rotated secret is read at the next use`() throws {
        let folder = try Folder()
        defer { folder.remove() }
        let file = folder.url.appending(path: "directory.json")
        let source = FileCredentials(file, provider: "wetix")
        for secret in ["first", "second"] {
            try Data(#"{"providers":{"wetix":{"clientID":"id","clientSecret":"\#(secret)","url":"x"}}}"#.utf8).write(
                to: file
            )
            #expect(try source.credentials() == ClientCredentials(id: "id", secret: secret))
        }
    }

    @Test(arguments: ["", "{}", #"{"providers":{}}"#, #"{"providers":{"wetix":{"clientSecret":"hidden"}}}"#])
    func `A file that can't be read is an error that passes, and quotes nothing`(_ text: String) throws {
        let folder = try Folder()
        defer { folder.remove() }
        let file = folder.url.appending(path: "directory.json")
        try Data(text.utf8).write(to: file)
        let error = #expect(throws: TokenError.self) { try FileCredentials(file, provider: "wetix").credentials() }
        #expect(error?.isTransient == true)
        #expect(!"\(String(describing: error))".contains("hidden"))
    }
}
