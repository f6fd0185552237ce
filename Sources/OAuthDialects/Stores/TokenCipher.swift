public import Foundation

/// Encrypts and decrypts the records of a store, where the platform has no keychain.
///
/// A store calls it on a thread that may block.
public protocol TokenCipher: Sendable {
    /// Encrypts bytes and authenticates the context with them, so that they can be decrypted only with the same context.
    ///
    /// - Parameters:
    ///   - bytes: the plaintext.
    ///   - context: additional authenticated data, which is not stored: the ``SessionKey/identifier`` of the record's session, so
    ///     that a record can't be used for another session.
    /// - Returns: the ciphertext.
    /// - Throws: an error if there is no key to encrypt with.
    func seal(_ bytes: Data, for context: Data) throws -> Data

    /// Decrypts what ``seal(_:for:)`` returned, with any key that may have been used.
    ///
    /// - Parameters:
    ///   - bytes: the ciphertext.
    ///   - context: the context that was passed to ``seal(_:for:)``.
    /// - Returns: the plaintext.
    /// - Throws: an error if the bytes were changed, were encrypted for another context, or need a key that is no longer known:
    ///   the store then treats the record as unreadable. To say why, throw ``TokenError/unreadableRecord(_:hint:)``. Throw any
    ///   other ``TokenError`` if the keys can't be reached now: the store rethrows it and leaves the record in place.
    func open(_ bytes: Data, for context: Data) throws -> Data
}
