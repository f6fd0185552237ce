import Foundation

/// The client, the endpoints, and commands to begin with.
struct Introduction {
    let text: String

    init(_ options: Options, _ url: URL) {
        let provider = options.provider
        let client = options.client
        let root = url.absoluteString
        let secret = client.secret?.revealed ?? ""
        let user = provider.authenticatesInBody ? "" : " -u $ID:$SECRET"
        var lines = [
            "The sandbox of \(provider.name) listens on \(root); Ctrl-C ends it.", "",
            "  ID=\(client.id) SECRET=\(secret)", "",
            "  token          \(root)\(provider.tokenPath)",
        ]
        if let path = provider.refreshPath { lines.append("  refresh        \(root)\(path)") }
        lines += [
            "  sign in        \(root)\(provider.authorizationPath)",
            "  API            \(root)/ping, for a Bearer token", "",
            "  # A token for the application, and a request with it:",
            "  curl\(user) \(root)\(provider.tokenPath) \(provider.tokenRequest)",
            #"  curl -H "Authorization: Bearer $TOKEN" \#(root)/ping"#, "",
            "  # A user signs in: the code, and a token for it:",
            #"  curl -s -o /dev/null -w '%{redirect_url}\n' "\#(root)\#(provider.authorizationPath)?\#(provider.authorizationQuery)""#,
            "  curl\(user) \(root)\(provider.tokenPath) \(provider.codeRequest)", "",
        ]
        text = lines.joined(separator: "\n")
    }
}
