public import Foundation

/// Seals records before a store keeps them, and opens them again: encryption at rest where there is no keychain.
///
/// A store runs it where blocking is allowed. A record that does not open counts as unreadable: it is moved aside and reported,
/// and never taken for none. Who can't open *now*, because the keys are out of reach, throws a ``TokenError``, which the store
/// passes on and leaves the record where it is.
public protocol TokenCipher: Sendable {
    /// Encrypts bytes so that they open again only together with the same context, which is authenticated and not kept.
    ///
    /// - Parameters:
    ///   - bytes: what to hide.
    ///   - context: whose they are: ``SessionKey/identifier``, so that no record can be passed off as another session's.
    /// - Returns: what may lie on a disk.
    /// - Throws: an error if there is no key to seal with.
    func seal(_ bytes: Data, for context: Data) throws -> Data

    /// Decrypts what ``seal(_:for:)`` made, with any key that may have sealed it.
    ///
    /// - Parameters:
    ///   - bytes: what lay on the disk.
    ///   - context: the context with which it was sealed.
    /// - Returns: what was sealed.
    /// - Throws: an error if they were changed, sealed for another context, or with a key that is not known any more.
    func open(_ bytes: Data, for context: Data) throws -> Data
}

extension TokenRecord {
    /// ``bytes``, sealed if there is a cipher: what a store keeps of a key.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/storeFailed`` if the cipher fails.
    public func bytes(for key: SessionKey, sealedBy cipher: (any TokenCipher)?) throws -> Data {
        guard let cipher else { return try bytes }
        do {
            return try cipher.seal(try bytes, for: Data(key.identifier.utf8))
        } catch let error as TokenError {
            throw error
        } catch {
            throw TokenError(
                .storeFailed,
                "The record could not be sealed.",
                hint: "Look at the cipher's keys.",
                underlying: UnderlyingError(error)
            )
        }
    }

    /// Reads what ``bytes(for:sealedBy:)`` wrote for that key.
    ///
    /// - Throws: ``TokenError`` as ``init(bytes:)``; ``TokenError/Code/unreadableRecord`` too if the record does not open.
    public init(bytes: Data, for key: SessionKey, sealedBy cipher: (any TokenCipher)?) throws {
        guard let cipher else {
            try self.init(bytes: bytes)
            return
        }
        let opened: Data
        do {
            opened = try cipher.open(bytes, for: Data(key.identifier.utf8))
        } catch let error as TokenError {
            throw error
        } catch {
            throw TokenError(
                .unreadableRecord,
                "The stored record does not open: \(bytes.count) bytes.",
                hint: "It was changed, is another session's, or was sealed with a key that is not in use any more.",
                underlying: UnderlyingError(error)
            )
        }
        try self.init(bytes: opened)
    }
}
