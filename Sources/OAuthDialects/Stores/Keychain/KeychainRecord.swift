#if canImport(Security)
internal import Foundation

/// The two items of one key: its record, tagged with the generation, and the lease of whoever updates it, tagged with the holder.
struct KeychainRecord: Sendable {
    /// A record as it was found; one that can't be read is known by its tag all the same.
    struct Found: Sendable {
        let record: Result<TokenRecord, any Error>
        let tag: Data
    }

    private let keychain: Keychain
    private let name: String
    private let holder: Data

    init(_ key: SessionKey, in keychain: Keychain, as holder: String?) {
        self.keychain = keychain
        name = key.digest
        self.holder = Data((holder ?? "").utf8)
    }

    func load() throws -> Found? {
        try keychain.item(name).map { item in
            Found(record: Result { try TokenRecord(bytes: item.data) }, tag: item.tag)
        }
    }

    /// Takes the lease if it is free, or still has the bytes of a `stopped` holder.
    ///
    /// - Returns: `nil` if it was taken, else what stands in it.
    func take(_ lease: Lease, from stopped: [UInt8]?) throws -> [UInt8]? {
        let mine = Keychain.Item(data: Data(try lease.bytes), tag: holder)
        if try keychain.add(mine, as: leaseName) { return nil }
        guard let other = try keychain.item(leaseName) else { return [] }
        guard let stopped, Array(other.data) == stopped else { return Array(other.data) }
        return try keychain.replace(leaseName, tagged: other.tag, with: mine) ? nil : []
    }

    /// Saves over what has that tag; `nil` is where nothing is.
    func save(_ record: TokenRecord, over tag: Data?) throws -> Data {
        try check()
        let new = Keychain.Item(data: try record.bytes, tag: Self.tag(of: record))
        let isSaved = try tag.map { try keychain.replace(name, tagged: $0, with: new) } ?? keychain.add(new, as: name)
        guard isSaved else { throw StoreFault.overtaken }
        return new.tag
    }

    func remove(tagged tag: Data) throws {
        try check()
        guard try keychain.remove(name, tagged: tag) else { throw StoreFault.overtaken }
    }

    func release() {
        _ = try? keychain.remove(leaseName, tagged: holder)
    }

    private func check() throws {
        guard try keychain.item(leaseName)?.tag == holder else { throw StoreFault.overtaken }
    }

    private var leaseName: String { name + ".lease" }

    private static func tag(of record: TokenRecord) -> Data {
        Data("\(record.generation.number)-\(record.generation.id)-\(record.refreshStanding.rawValue)".utf8)
    }
}
#endif
