import Foundation
import OAuthDialects
import OAuthProviders

/// Configurations of tests, and what they hold that must not be shown.
enum Configurations {
    static let secret = "s3cr3t-value-of-the-client"

    /// Variables of one provider, `tiki` without a name.
    static func variables(_ changes: [String: String?] = [:]) -> [String: String] {
        let base: [String: String?] = [
            "OAUTH_PROVIDERS": "tiki",
            "TIKI_ENVIRONMENT": "production",
            "TIKI_CLIENT_ID": "client",
            "TIKI_CLIENT_SECRET": secret,
        ]
        return base.merging(changes) { $1 }.compactMapValues(\.self)
    }

    /// The same as JSON, with the members of `tiki` changed; a member is written as it stands.
    static func json(_ changes: [String: String?] = [:]) -> Data {
        let base: [String: String?] = [
            "environment": #""production""#, "clientID": #""client""#, "clientSecret": "\"\(secret)\"",
        ]
        let members = base.merging(changes) { $1 }.compactMapValues(\.self).map { "\"\($0)\":\($1)" }.sorted()
        return Data(#"{"providers":{"tiki":{\#(members.joined(separator: ","))}}}"#.utf8)
    }

    /// The error of a configuration that is wrong.
    static func mistake(_ body: () throws -> some Any) -> ConfigurationError? {
        do { _ = try body() } catch { return error as? ConfigurationError }
        return nil
    }
}

/// Every text that an error can be turned into.
func printed(_ error: any Error) -> String {
    var dumped = ""
    dump(error, to: &dumped)
    return ["\(error)", String(reflecting: error), error.localizedDescription, dumped].joined(separator: "\n")
}
