internal import Foundation

/// The errors of the stores; each hint says what to do.
enum StoreFault {
    static let overtaken = TokenError(
        .storeBusy,
        "Another process took the store's lock over, because this one held it longer than its lease; nothing was saved.",
        isTransient: true
    )

    static let older = TokenError(
        .storeBusy,
        "The token store already has a newer record; nothing was saved.",
        isTransient: true
    )

    static let ended = TokenError(.storeFailed, "The store update has ended; nothing was saved.")

    static func busy(_ path: String) -> TokenError {
        TokenError(.storeBusy, "Timed out waiting for the lock \(path).", isTransient: true)
    }

    static func system(_ failure: SystemFailure, _ operation: String, _ path: String) -> TokenError {
        let text = FileSystem.text(for: failure.code)
        let (hint, isTransient): (String?, Bool) =
            switch failure.code {
            case ENOSPC, EDQUOT: ("Free space on the disk.", true)
            case EROFS: ("Remount the file system so that it can be written to.", true)
            case EACCES, EPERM: ("Give this user the right to write there.", true)
            case ENOENT: ("Create the parent directory, or use another directory.", true)
            case ELOOP, ENOTDIR, EMLINK:
                ("Remove the symbolic link or the file that is there; the store follows no links.", false)
            default: (nil, true)
            }
        return TokenError(
            .storeFailed,
            "The token store can't \(operation) \(path): \(text).",
            hint: hint,
            isTransient: isTransient,
            underlying: UnderlyingError(domain: NSPOSIXErrorDomain, code: Int(failure.code), message: text)
        )
    }

    static func foreign(_ path: String, owner: UInt32) -> TokenError {
        TokenError(
            .storeFailed,
            "\(path) belongs to user \(owner), but this process runs as user \(FileSystem.user).",
            hint: "Move it away, or run the process as its owner."
        )
    }

    static func readable(_ path: String, mode: UInt32, mendedBy right: String) -> TokenError {
        TokenError(
            .storeFailed,
            "Other users may open \(path) (mode \(String(mode, radix: 8))).",
            hint: "chmod \(right) '\(path)'"
        )
    }

    static func notAFile(_ path: String) -> TokenError {
        TokenError(.storeFailed, "\(path) is not a regular file.", hint: "Move it away.")
    }

    static func remote(_ path: String, _ kind: String) -> TokenError {
        TokenError(
            .storeFailed,
            "\(path) is on a file system (\(kind)) whose locks may not reach other machines.",
            hint: "Put the directory on a local disk. To share tokens between machines, use a database."
        )
    }

    static func replaced(_ path: String) -> TokenError {
        TokenError(
            .storeFailed,
            "The directory \(path) was replaced during the update; nothing was saved.",
            isTransient: true
        )
    }

    static func movedAside(_ path: String, _ cause: TokenError) -> TokenError {
        TokenError(
            .storeFailed,
            "\(cause.message) The store moved it to \(path) and continues without it.",
            hint: cause.hint ?? "Inspect the file, then delete it."
        )
    }
}
