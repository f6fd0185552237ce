import Crypto
import Foundation
import OAuthDialects
import ShopCore

/// Sign-ins that have begun, kept in the shop's store: each is taken once, by the browser that began it.
struct SignIns: Sendable {
    private static let lifetime: TimeInterval = 600

    let store: any ShopStore

    func keep(_ attempt: SignInAttempt, of provider: String, by browser: String, at now: Date) async throws {
        let name = Self.name(provider, browser, state: Self.state(in: attempt.url))
        try await store.keep(attempt.bytes, as: name, until: now.addingTimeInterval(Self.lifetime))
    }

    /// - Throws: a ``Problem`` if the callback is not of a sign-in that this browser began, or that was taken before.
    func take(for callback: URL, of provider: String, by browser: String, at now: Date) async throws -> SignInAttempt {
        let name = Self.name(provider, browser, state: Self.state(in: callback))
        guard let bytes = try await store.take(name, at: now) else { throw Problem.strangeSignIn }
        return try SignInAttempt(bytes: bytes)
    }

    /// The store sees a digest: the state itself would let its reader finish the sign-in.
    private static func name(_ provider: String, _ browser: String, state: String) -> String {
        let digest = SHA256.hash(data: Data("\(provider) \(browser) \(state)".utf8))
        return "sign-in-\(Data(digest).base64URL)"
    }

    private static func state(in url: URL) -> String {
        URLComponents(url: url, resolvingAgainstBaseURL: false)?.queryItems?.first { $0.name == "state" }?.value ?? ""
    }
}

extension Problem {
    static let strangeSignIn = Self(
        status: .badRequest,
        title: "This sign-in can’t be finished here",
        text: "It was begun in another browser, took longer than ten minutes, or is finished already. "
            + "Nothing was connected. Begin again on the merchant page.",
        link: Link(path: "/merchant", label: "Merchant")
    )
}
