public import Foundation
public import OAuthDialects

/// A provider's client in a JSON file, read at each use, so that a rotated secret needs no restart.
///
/// The file has the form `{"providers":{"wetix":{"clientID":"…","clientSecret":"…"}}}`, and may have other members.
public struct FileCredentials: CredentialsSource, Hashable {
    private struct Directory: Decodable {
        struct Client: Decodable {
            let clientID: String
            let clientSecret: String
        }

        let providers: [String: Client]
    }

    private let file: URL
    private let provider: String

    /// Creates the source of a provider's client.
    public init(_ file: URL, provider: String) {
        self.file = file
        self.provider = provider
    }

    public func credentials() throws -> ClientCredentials {
        guard let bytes = try? Data(contentsOf: file),
            let client = (try? JSONDecoder().decode(Directory.self, from: bytes))?.providers[provider]
        else {
            // What the decoder says may quote the file.
            throw TokenError(
                .invalidCredentials,
                "The credentials of \(provider) can't be read from \(file.lastPathComponent).",
                isTransient: true
            )
        }
        return ClientCredentials(id: client.clientID, secret: client.clientSecret)
    }
}
