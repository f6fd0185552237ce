#if canImport(Security)
internal import Foundation

/// The two keychain items of a key: the record, tagged with its generation, and the lease of an update, tagged with its holder.
struct KeychainRecord: Sendable {
    /// A stored record; an unreadable one still has a tag.
    struct Found: Sendable {
        let record: Result<TokenRecord, any Error>
        let tag: Data
    }

    private let keychain: Keychain
    private let key: SessionKey
    private let name: String
    private let holder: Data

    init(_ key: SessionKey, in keychain: Keychain, as holder: String?) {
        self.keychain = keychain
        self.key = key
        name = key.digest
        self.holder = Data((holder ?? "").utf8)
    }

    func load() throws -> Found? {
        try keychain.item(name).map { item in
            Found(record: Result { try TokenRecord(bytes: item.data, for: key) }, tag: item.tag)
        }
    }

    /// Takes the lease if it is free, or if it still contains the bytes of a `stopped` holder.
    ///
    /// - Returns: `nil` if the lease was taken, otherwise the bytes of its holder.
    func take(_ lease: Lease, from stopped: [UInt8]?) throws -> [UInt8]? {
        let mine = Keychain.Item(data: Data(try lease.bytes), tag: holder)
        if try keychain.add(mine, as: leaseName) { return nil }
        guard let other = try keychain.item(leaseName) else { return [] }
        guard let stopped, Array(other.data) == stopped else { return Array(other.data) }
        return try keychain.replace(leaseName, tagged: other.tag, with: mine) ? nil : []
    }

    /// Replaces the record with that tag; a tag of `nil` means that there is no record.
    func save(_ record: TokenRecord, over tag: Data?) throws -> Data {
        try checkLease()
        let new = Keychain.Item(data: try record.bytes(for: key), tag: Self.tag(of: record))
        let isSaved = try tag.map { try keychain.replace(name, tagged: $0, with: new) } ?? keychain.add(new, as: name)
        guard isSaved else { throw StoreFault.overtaken }
        return new.tag
    }

    func release() {
        _ = try? keychain.remove(leaseName, tagged: holder)
    }

    private func checkLease() throws {
        guard try keychain.item(leaseName)?.tag == holder else { throw StoreFault.overtaken }
    }

    private var leaseName: String { name + ".lease" }

    private static func tag(of record: TokenRecord) -> Data {
        Data("\(record.generation)-\(record.id)-\(record.refreshStanding)".utf8)
    }
}
#endif
