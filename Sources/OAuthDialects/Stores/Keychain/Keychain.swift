#if canImport(Security)
internal import Foundation
internal import Security

/// The generic passwords of one service.
///
/// Each has a name, data, and a tag, and a change can require that the tag is unchanged.
struct Keychain: Sendable {
    /// The contents of an item; the tag contains no secret.
    struct Item: Sendable {
        let data: Data
        let tag: Data
    }

    let service: String
    let accessGroup: String?
    let accessibility: KeychainTokenStore.Accessibility

    /// The item with a name; `nil` if there is none.
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

    /// Adds an item; `false` if there is one with that name.
    func add(_ item: Item, as name: String) throws -> Bool {
        var attributes = query(name, tag: item.tag)
        attributes[kSecValueData as String] = item.data
        attributes[kSecAttrAccessible as String] = accessible
        let status = SecItemAdd(attributes as CFDictionary, nil)
        if status == errSecDuplicateItem { return false }
        guard status == errSecSuccess else { throw Self.failure(status) }
        return true
    }

    /// Replaces an item if it still has the tag; `false` if it has not.
    func replace(_ name: String, tagged tag: Data, with item: Item) throws -> Bool {
        let changes: [String: Any] = [kSecValueData as String: item.data, kSecAttrGeneric as String: item.tag]
        let status = SecItemUpdate(query(name, tag: tag) as CFDictionary, changes as CFDictionary)
        if status == errSecItemNotFound { return false }
        guard status == errSecSuccess else { throw Self.failure(status) }
        return true
    }

    /// Removes an item if it still has the tag; `false` if it has not.
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
            case errSecInteractionNotAllowed: "The device is locked. Try again after it has been unlocked."
            case errSecMissingEntitlement: "Add the keychain access group to the app's entitlements."
            default: nil
            }
        return TokenError(
            .storeFailed,
            "The keychain returned an error (OSStatus \(status)).",
            hint: hint,
            isTransient: status != errSecMissingEntitlement,
            underlying: UnderlyingError(domain: NSOSStatusErrorDomain, code: Int(status), message: "keychain")
        )
    }
}
#endif
