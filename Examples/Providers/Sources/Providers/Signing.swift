import Crypto
import Foundation
import OAuthDialects

// What the signers of several providers share.

extension [WireField] {
    /// Names and values in the order of the names.
    func sorted(joining name: String = "", separator: String = "") -> String {
        sorted { $0.name < $1.name }.map { $0.name + name + $0.value.revealed }.joined(separator: separator)
    }
}

extension SigningPurpose {
    /// Who sends the request, and when.
    var clientAndDate: (ClientCredentials, Date) {
        switch self {
        case .token(let exchange): (exchange.credentials, exchange.date)
        case .resource(let access): (access.credentials, access.date)
        }
    }
}

/// HMAC-SHA256 in lower-case hexadecimal digits.
func hexadecimalHMAC(of text: String, key: Secret?) -> String {
    let key = SymmetricKey(data: Data((key?.revealed ?? "").utf8))
    let code = HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key)
    return code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
