import Crypto
import Foundation
import Hummingbird

/// Who may see the pages of the staff.
package enum StaffAccess: Sendable {
    /// Nobody.
    case closed
    /// Whoever sits at this machine.
    case thisMachine
    /// Whoever knows the password; its digest.
    case password(SHA256Digest)

    /// Access by a password if there is one; without one, from this machine alone, where the sandboxes run.
    package init(password: String?, embedded: Bool, publicURL: PublicURL) {
        if let password, !password.isEmpty {
            self = .password(SHA256.hash(data: Data(password.utf8)))
        } else {
            self = embedded && publicURL.isLoopback ? .thisMachine : .closed
        }
    }

    /// What a request may do.
    enum Verdict {
        case open
        case asks
        case hidden
    }

    func verdict(on request: Request, _ context: WebContext) -> Verdict {
        switch self {
        case .closed: .hidden
        case .thisMachine: context.isFromThisMachine ? .open : .hidden
        // Digests compare in constant time, and have one length whatever was typed.
        case .password(let digest): Self.digest(in: request).map { $0 == digest } == true ? .open : .asks
        }
    }

    private static func digest(in request: Request) -> SHA256Digest? {
        guard let field = request.headers[.authorization], field.lowercased().hasPrefix("basic "),
            let pair = Data(base64Encoded: field.dropFirst(6).trimmingCharacters(in: .whitespaces)),
            let colon = pair.firstIndex(of: UInt8(ascii: ":"))
        else { return nil }
        return SHA256.hash(data: pair[(colon + 1)...])
    }
}
