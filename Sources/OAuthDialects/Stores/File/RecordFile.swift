internal import Foundation

/// The file of one key's record.
struct RecordFile: Sendable {
    /// How many unreadable files are kept; number 1 is the newest.
    private static let kept = 3

    /// The key's digest: a valid file name on every system, which reveals nothing about the account.
    let name: String

    private let key: SessionKey
    private let cipher: (any TokenCipher)?

    init(_ key: SessionKey, sealedBy cipher: (any TokenCipher)?) {
        self.key = key
        self.cipher = cipher
        name = key.digest
    }

    var record: String { name + ".json" }
    var lock: String { name + ".lock" }

    /// The record; `nil` if there is none.
    func load(from directory: StoreDirectory) throws -> TokenRecord? {
        try directory.read(record).map { try TokenRecord(bytes: Data($0), for: key, sealedBy: cipher) }
    }

    /// The record; an unreadable one is moved aside and reported.
    ///
    /// - Throws: ``TokenError`` if a newer version wrote the record, which then stays in place.
    func load(holding lock: FileLock) throws -> (record: TokenRecord?, notices: [TokenError]) {
        do {
            return (try load(from: lock.directory), [])
        } catch let error as TokenError where error.isUnreadableRecord {
            let path = lock.directory.path(of: try moveAside(holding: lock))
            return (nil, [StoreFault.movedAside(path, error)])
        }
    }

    /// Saves a record durably, if the stored one is still the one that the update has last seen.
    func save(_ new: TokenRecord, over expected: TokenRecord?, holding lock: FileLock) throws {
        try lock.check()
        try check(expected, holding: lock)
        if let expected, expected.generation > new.generation { throw StoreFault.older }
        let bytes = Array(try new.bytes(for: key, sealedBy: cipher))
        try lock.directory.replace(record, with: bytes, by: lock.draft) {
            try lock.check()
            try check(expected, holding: lock)
        }
    }

    private func check(_ expected: TokenRecord?, holding lock: FileLock) throws {
        let stored = try load(from: lock.directory)
        let isSame =
            if let stored, let expected { stored.isSameGeneration(as: expected) } else {
                stored == nil && expected == nil
            }
        guard isSame else { throw StoreFault.overtaken }
    }

    private func moveAside(holding lock: FileLock) throws -> String {
        let names = (1...Self.kept).map { "\(name).unreadable-\($0)" }
        let directory = lock.directory
        return try directory.doing("move aside", record) {
            try directory.guarded {
                try lock.check()
                for (older, newer) in zip(names.reversed(), names.reversed().dropFirst())
                where directory.identity(of: newer) != nil {
                    try FileSystem.rename(newer, to: older, in: directory.descriptor)
                }
                try FileSystem.rename(record, to: names[0], in: directory.descriptor)
                return names[0]
            }
        }
    }
}
