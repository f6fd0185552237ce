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
        TokenError(.storeBusy, "Timed out waiting for the lock \(shown(path)).", isTransient: true)
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
            "The token store can't \(operation) \(shown(path)): \(text).",
            hint: hint,
            isTransient: isTransient,
            underlying: UnderlyingError(domain: NSPOSIXErrorDomain, code: Int(failure.code), message: text)
        )
    }

    static func foreign(_ path: String, owner: UInt32) -> TokenError {
        TokenError(
            .storeFailed,
            "\(shown(path)) belongs to user \(owner), but this process runs as user \(FileSystem.user).",
            hint: "Move it away, or run the process as its owner."
        )
    }

    static func readable(_ path: String, mode: UInt32, mendedBy right: String) -> TokenError {
        TokenError(
            .storeFailed,
            "Other users may open \(shown(path)) (mode \(String(mode, radix: 8))).",
            hint: "chmod \(right) \(quoted(path))"
        )
    }

    static func notAFile(_ path: String) -> TokenError {
        TokenError(.storeFailed, "\(shown(path)) is not a regular file.", hint: "Move it away.")
    }

    static func hardLink(_ path: String, names: Int) -> TokenError {
        TokenError(
            .storeFailed,
            "\(shown(path)) is a hard link: the file has \(names) names.",
            hint: "Remove the other names, or this one; the store follows no links."
        )
    }

    static func remote(_ path: String, _ kind: String) -> TokenError {
        TokenError(
            .storeFailed,
            "\(shown(path)) is on a file system (\(kind)) whose locks may not reach other machines.",
            hint: "Put the directory on a local disk. To share tokens between machines, use a database."
        )
    }

    static func replaced(_ path: String) -> TokenError {
        TokenError(
            .storeFailed,
            "The directory \(shown(path)) was replaced during the update; nothing was saved.",
            isTransient: true
        )
    }

    static func movedAside(_ path: String, _ cause: TokenError) -> TokenError {
        TokenError(
            .storeFailed,
            "\(cause.message) The store moved it to \(shown(path)) and continues without it.",
            hint: cause.hint ?? "Inspect the file, then delete it."
        )
    }

    /// Not cut: a path is the app's own, and is needed whole.
    private static func shown(_ path: String) -> String { ProviderText.escape(path) }

    /// The path as one word of a shell, which reads nothing between single quotes.
    ///
    /// Goes by scalars: to `String` a quote with a combining mark is another character, to a shell it is a quote.
    private static func quoted(_ path: String) -> String {
        var word = path.hasPrefix("-") ? "./" : ""
        for scalar in shown(path).unicodeScalars {
            if scalar == "'" { word += #"'\''"# } else { word.unicodeScalars.append(scalar) }
        }
        return "'\(word)'"
    }
}
