import Crypto
import Foundation
import Hummingbird

/// The cookie that names a browser: a random id, and a code that only the shop can make.
package struct BrowserCookie: Sendable {
    static let name = "shop"
    private static let idSize = 16
    private static let lifetime = 180 * 24 * 60 * 60

    private let key: SymmetricKey
    private let isSecure: Bool

    /// Creates the cookie's maker and reader.
    ///
    /// - Parameters:
    ///   - key: signs the ids; the same in every process.
    ///   - isSecure: whether browsers send it over https only.
    package init(key: SymmetricKey, isSecure: Bool) {
        self.key = key
        self.isSecure = isSecure
    }

    /// The browser that a request comes from; `nil` if its cookie is missing or was tampered with.
    func browser(of request: Request) -> String? {
        guard let parts = request.cookies[Self.name]?.value.split(separator: ".", omittingEmptySubsequences: false),
            parts.count == 2, let code = Data(base64URL: parts[1]), Data(base64URL: parts[0])?.count == Self.idSize
        else { return nil }
        let id = String(parts[0])
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Self.signed(id), using: key) ? id : nil
    }

    /// A new browser's name.
    static func newBrowser() -> String {
        var generator = SystemRandomNumberGenerator()
        return Data((0..<idSize).map { _ in UInt8.random(in: .min ... .max, using: &generator) }).base64URL
    }

    /// The cookie for a browser.
    func cookie(for browser: String) -> Cookie {
        let code = Data(HMAC<SHA256>.authenticationCode(for: Self.signed(browser), using: key)).base64URL
        return Cookie(
            name: Self.name,
            value: "\(browser).\(code)",
            maxAge: Self.lifetime,
            path: "/",
            secure: isSecure,
            httpOnly: true,
            sameSite: .lax
        )
    }

    private static func signed(_ id: String) -> Data { Data("shop browser \(id)".utf8) }
}
