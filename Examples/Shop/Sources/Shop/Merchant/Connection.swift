import OAuthDialects

/// An account of the merchant that the shop can be connected to.
package struct Connection: Sendable {
    /// The provider's name in paths, such as `revenue-monster`.
    package let name: String
    /// The provider's name for people.
    package let title: String
    /// What the shop does with it, in a sentence.
    package let purpose: String
    /// The merchant's session.
    package let session: @Sendable () throws -> TokenSession

    /// Creates a connection.
    package init(
        name: String,
        title: String,
        purpose: String,
        session: @escaping @Sendable () throws -> TokenSession
    ) {
        (self.name, self.title, self.purpose, self.session) = (name, title, purpose, session)
    }
}

/// An order at the merchant's own marketplace.
package struct MerchantOrder: Sendable {
    /// The order's number.
    package let code: String
    /// When it was made, as a text.
    package let date: String
    /// What was bought.
    package let items: String
    /// Where it stands.
    package let status: String

    /// Creates a row.
    package init(code: String, date: String, items: String, status: String) {
        (self.code, self.date, self.items, self.status) = (code, date, items, status)
    }
}
