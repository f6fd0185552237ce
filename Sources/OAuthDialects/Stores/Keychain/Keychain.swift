#if canImport(Security)
internal import Foundation
internal import Security

/// The generic passwords of one service: each has a name, data, and a tag that a change can be made to depend on.
struct Keychain: Sendable {
    /// What stands in an item; the tag holds no secret.
    struct Item: Sendable {
        let data: Data
        let tag: Data
    }

    let service: String
    let accessGroup: String?
    let accessibility: KeychainTokenStore.Accessibility

    /// The item of a name; `nil` if there is none.
    func item(_ name: String) throws -> Item? {
        var query = query(name, tag: nil)
        query[kSecReturnData as String] = true
        query[kSecReturnAttributes as String] = true
        query[kSecMatchLimit as String] = kSecMatchLimitOne
        var result: CFTypeRef?
        let status = unsafe SecItemCopyMatching(query as CFDictionary, &result)
        if status == errSecItemNotFound { return nil }
        guard status == errSecSuccess, let found = result as? [String: Any],
            let data = found[kSecValueData as String] as? Data
        else { throw Self.failure(status) }
        return Item(data: data, tag: found[kSecAttrGeneric as String] as? Data ?? Data())
    }

    /// Adds an item; `false` if there is one of that name.
    func add(_ item: Item, as name: String) throws -> Bool {
        var attributes = query(name, tag: item.tag)
        attributes[kSecValueData as String] = item.data
        attributes[kSecAttrAccessible as String] = accessible
        let status = SecItemAdd(attributes as CFDictionary, nil)
        if status == errSecDuplicateItem { return false }
        guard status == errSecSuccess else { throw Self.failure(status) }
        return true
    }

    /// Replaces an item that still has that tag; `false` if there is none.
    func replace(_ name: String, tagged tag: Data, with item: Item) throws -> Bool {
        let changes: [String: Any] = [kSecValueData as String: item.data, kSecAttrGeneric as String: item.tag]
        let status = SecItemUpdate(query(name, tag: tag) as CFDictionary, changes as CFDictionary)
        if status == errSecItemNotFound { return false }
        guard status == errSecSuccess else { throw Self.failure(status) }
        return true
    }

    /// Removes an item that still has that tag; `false` if there is none.
    @discardableResult
    func remove(_ name: String, tagged tag: Data) throws -> Bool {
        let status = SecItemDelete(query(name, tag: tag) as CFDictionary)
        if status == errSecItemNotFound { return false }
        guard status == errSecSuccess else { throw Self.failure(status) }
        return true
    }

    func removeAll() throws {
        let status = SecItemDelete(query(nil, tag: nil) as CFDictionary)
        guard status == errSecSuccess || status == errSecItemNotFound else { throw Self.failure(status) }
    }

    private func query(_ name: String?, tag: Data?) -> [String: Any] {
        var query: [String: Any] = [
            kSecClass as String: kSecClassGenericPassword,
            kSecAttrService as String: service,
            kSecUseDataProtectionKeychain as String: true,
            kSecAttrSynchronizable as String: false,
        ]
        if let name { query[kSecAttrAccount as String] = name }
        if let tag { query[kSecAttrGeneric as String] = tag }
        if let accessGroup { query[kSecAttrAccessGroup as String] = accessGroup }
        return query
    }

    private var accessible: Any {
        switch accessibility {
        case .afterFirstUnlockThisDeviceOnly: kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly
        case .whenUnlockedThisDeviceOnly: kSecAttrAccessibleWhenUnlockedThisDeviceOnly
        }
    }

    private static func failure(_ status: OSStatus) -> TokenError {
        let hint: String? =
            switch status {
            case errSecInteractionNotAllowed: "The device is locked; after its first unlock it works."
            case errSecMissingEntitlement: "The app needs the keychain access group among its entitlements."
            default: nil
            }
        return TokenError(
            .storeFailed,
            "The keychain refused (\(status)).",
            hint: hint,
            isTransient: status != errSecMissingEntitlement,
            underlying: UnderlyingError(domain: NSOSStatusErrorDomain, code: Int(status), message: "keychain")
        )
    }
}
#endif
