internal import Foundation

/// What goes wrong with a file store, in words that say what mends it.
enum StoreFault {
    static func system(_ failure: SystemFailure, _ what: String, _ path: String) -> TokenError {
        let text = FileSystem.text(for: failure.code)
        let underlying = UnderlyingError(domain: NSPOSIXErrorDomain, code: Int(failure.code), message: text)
        let (code, hint, isTransient): (TokenError.Code, String?, Bool) =
            switch failure.code {
            case ENOSPC, EDQUOT: (.storeFailed, "Free some space on the disk.", true)
            case EROFS: (.storeFailed, "The file system is read-only.", true)
            case EACCES, EPERM: (.storeFailed, "This user has to be allowed to write there.", true)
            case ENOENT: (.storeFailed, "Create the directory, or name another.", true)
            case ELOOP, ENOTDIR, EMLINK: (.storeInsecure, "A link, or no directory, stands at this place.", false)
            default: (.storeFailed, nil, true)
            }
        return TokenError(
            code,
            "The token store can't \(what) \(path): \(text).",
            hint: hint,
            isTransient: isTransient,
            underlying: underlying
        )
    }

    static func foreign(_ path: String, owner: UInt32) -> TokenError {
        TokenError(
            .storeInsecure,
            "\(path) belongs to user \(owner), not to user \(FileSystem.user), who runs this.",
            hint: "Move it away, or run as its owner."
        )
    }

    static func readable(_ path: String, mode: UInt32, mendedBy right: String) -> TokenError {
        TokenError(
            .storeInsecure,
            "\(path) is open to other users (mode \(String(mode, radix: 8))).",
            hint: "chmod \(right) '\(path)'"
        )
    }

    static func strange(_ path: String) -> TokenError {
        TokenError(.storeInsecure, "\(path) is no regular file.", hint: "Move it away.")
    }

    static func remote(_ path: String, _ kind: String) -> TokenError {
        TokenError(
            .storeInsecure,
            "\(path) is on a file system (\(kind)) whose locks may not reach other machines.",
            hint: "Put the directory on a local disk; to share tokens between machines, use a database."
        )
    }

    static func replaced(_ path: String) -> TokenError {
        TokenError(.storeFailed, "\(path) was replaced while it was in use; nothing was written.", isTransient: true)
    }

    static func setAside(_ path: String, _ cause: any Error) -> TokenError {
        let why = (cause as? TokenError)?.message ?? "It can't be read."
        return TokenError(.storeFailed, "\(why) It was moved aside to \(path).", hint: "Look at it, and remove it.")
    }

    static let overtaken = TokenError(
        .storeOvertaken,
        "Another process took over while this one held the store's lock for longer than its lease.",
        isTransient: true
    )

    static let older = TokenError(.storeOvertaken, "A newer record is stored already.", isTransient: true)

    static let ended = TokenError(.storeFailed, "The update has ended; its save can't be used any more.")

    static func busy(_ path: String) -> TokenError {
        TokenError(.storeBusy, "The lock \(path) was not free in time.", isTransient: true)
    }
}
