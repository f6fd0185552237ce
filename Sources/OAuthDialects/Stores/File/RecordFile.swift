internal import Foundation

/// The file of one key's record.
struct RecordFile: Sendable {
    /// How many unreadable files are kept; the newest is the first.
    private static let kept = 3

    /// The key's digest: what a file may be called on every system, and what tells nothing of the account.
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

    /// The record, of which one that can't be read is moved aside; a newer format is an error, and stays.
    func load(holding lock: FileLock, _ tell: (TokenError) -> Void) throws -> TokenRecord? {
        do {
            return try load(from: lock.directory)
        } catch let error as TokenError where error.code == .unreadableRecord {
            tell(StoreFault.setAside(lock.directory.path(of: try setAside(holding: lock)), error))
            return nil
        }
    }

    /// Saves a record over the one of that generation, durably.
    func save(_ new: TokenRecord, over expected: TokenRecord.Generation?, holding lock: FileLock) throws {
        try lock.check()
        guard try load(from: lock.directory)?.generation == expected else { throw StoreFault.overtaken }
        guard new.generation.number >= expected?.number ?? .min else { throw StoreFault.older }
        let bytes = Array(try new.bytes(for: key, sealedBy: cipher))
        // Named for the lock that is held: two that write at once, of whom one was overtaken, never share a draft.
        let draft = "\(name).\(lock.identity.inode).new"
        try lock.directory.replace(record, with: bytes, by: draft) {
            try lock.check()
            guard try load(from: lock.directory)?.generation == expected else { throw StoreFault.overtaken }
        }
    }

    func remove(holding lock: FileLock) throws {
        try lock.directory.doing("remove", record) {
            try lock.directory.guarded {
                try lock.check()
                try FileSystem.remove(record, in: lock.directory.descriptor)
            }
            try FileSystem.synchronize(lock.directory.descriptor)
        }
    }

    private func setAside(holding lock: FileLock) throws -> String {
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
