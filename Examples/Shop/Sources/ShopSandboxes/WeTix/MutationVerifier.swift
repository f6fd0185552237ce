import Foundation
import RevenueMonsterSigning

/// Verifies the `signature` argument of a mutation.
///
/// Source: WeTix, *Signature Algorithm*. How old a timestamp may be is undocumented; here it is five minutes.
struct MutationVerifier: Sendable {
    let key: RSAVerifyingKey
    let clientID: String

    func verify(_ field: GraphQLField, at date: Date) throws(GraphQLFailure) -> JSON {
        guard let input = field.arguments["input"], case .object = input,
            let canonical = try? CanonicalJSON(Data(input.encoded.utf8), escaping: .none)
        else { throw GraphQLFailure("\(field.name) needs an input.") }
        guard let signature = field.arguments["signature"], signature["algorithm"]?.text == "SHA256",
            let timestamp = signature["timestamp"]?.int, let hash = signature["hash"]?.text
        else { throw GraphQLFailure("\(field.name) needs a signature with SHA256.") }
        guard abs(date.timeIntervalSince1970 - Double(timestamp)) <= 300 else {
            throw GraphQLFailure("The timestamp of the signature is not of now.")
        }
        let text = [
            "clientId=\(clientID)", "data=\(Data(canonical.text.utf8).base64EncodedString())",
            "mutation=\(field.name)", "shaType=SHA256", "timestamp=\(timestamp)",
        ].joined(separator: "&")
        guard key.isValid(hash, of: text) else { throw GraphQLFailure("The signature is not that of the input.") }
        return input
    }
}
