public import Foundation

extension TokenRecord {
    /// The newest version of the format: 2 is that of a record with extras, which an older program would lose.
    package static let formatVersion = 2

    /// The record as bytes for a store to keep: JSON with the tokens in it, encrypted if there is a cipher.
    ///
    /// - Parameters:
    ///   - key: the record's key.
    ///   - cipher: encrypts the JSON.
    /// - Returns: what ``init(bytes:for:sealedBy:)`` reads.
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/storeFailed`` if the record can't be encoded or encrypted.
    public func bytes(for key: SessionKey, sealedBy cipher: (any TokenCipher)? = nil) throws -> Data {
        do {
            let bytes = try encoded()
            return try cipher?.seal(bytes, for: Data(key.identifier.utf8)) ?? bytes
        } catch let error as TokenError {
            throw error
        } catch let error as EncodingError {
            throw TokenError(
                .storeFailed,
                "The token record can't be encoded.",
                underlying: UnderlyingError(error)
            )
        } catch {
            throw TokenError(
                .storeFailed,
                "The token record could not be encrypted.",
                hint: "Check the cipher's keys.",
                underlying: UnderlyingError(error)
            )
        }
    }

    /// Reads what ``bytes(for:sealedBy:)`` wrote for that key.
    ///
    /// - Parameters:
    ///   - bytes: the stored bytes.
    ///   - key: the record's key.
    ///   - cipher: decrypts the bytes.
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/storeFailed``; its ``TokenError/isUnreadableRecord`` says whether
    ///   the store may move the bytes aside.
    public init(bytes: Data, for key: SessionKey, sealedBy cipher: (any TokenCipher)? = nil) throws {
        let plain: Data
        do {
            plain = try cipher?.open(bytes, for: Data(key.identifier.utf8)) ?? bytes
        } catch let error as TokenError {
            throw error
        } catch {
            throw TokenError.unreadableRecord(
                "The stored token record can't be decrypted (\(bytes.count) bytes).",
                hint:
                    "It was changed, belongs to another session, or was encrypted with a key that is no longer in use.",
                because: error
            )
        }
        try self.init(decoding: plain)
    }

    private func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return try encoder.encode(StoredRecord(self))
    }

    private init(decoding bytes: Data) throws {
        let version = (try? JSONDecoder().decode(StoredFormat.self, from: bytes))?.version
        if let version, version > Self.formatVersion {
            throw TokenError(
                .storeFailed,
                "The stored token record has format \(version); this program reads formats up to \(Self.formatVersion).",
                hint: "Update every program that shares the store."
            )
        }
        guard let stored = try? JSONDecoder().decode(StoredRecord.self, from: bytes) else {
            throw TokenError.unreadableRecord("The stored bytes are not a token record (\(bytes.count) bytes).")
        }
        do { self = try stored.record } catch {
            throw TokenError.unreadableRecord("The stored token record contains an unusable token.", because: error)
        }
    }
}

/// The part that all formats have in common.
private struct StoredFormat: Decodable {
    let version: Int
}
