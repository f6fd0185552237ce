import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// A shipped dialect with one mistake in it.
struct Mutant: Sendable, CustomTestStringConvertible {
    let name: String
    let shipped: Shipped
    let change: @Sendable (inout DialectOverrides) -> Void

    var testDescription: String { name }
    var dialect: any ProviderDialect { shipped.dialect.overriding(change) }

    init(_ name: String, of shipped: Shipped, _ change: @escaping @Sendable (inout DialectOverrides) -> Void) {
        self.name = "\(shipped.dialect.name): \(name)"
        self.shipped = shipped
        self.change = change
    }

    static let all = endpoints + spellings + encodings + leaks + refusals + readings + resources

    /// A mutant that writes other fields.
    static func fields(
        _ name: String,
        of shipped: Shipped,
        _ change: @escaping @Sendable ([WireField]) -> [WireField]
    ) -> Self {
        request(name, of: shipped) { request, _ in
            switch request.body {
            case .form(let fields): request.body = .form(change(fields))
            case .json(let fields): request.body = .json(change(fields))
            default: break
            }
        }
    }

    /// A mutant that writes another request.
    static func request(
        _ name: String,
        of shipped: Shipped,
        _ change: @escaping @Sendable (inout WireRequest, TokenExchange) -> Void
    ) -> Self {
        Self(name, of: shipped) {
            $0.request = { exchange, base in
                var request = try base.request(for: exchange)
                change(&request, exchange)
                return request
            }
        }
    }

    /// A mutant whose body is other bytes.
    static func bytes(
        _ name: String,
        of shipped: Shipped,
        _ change: @escaping @Sendable (String) -> String
    ) -> Self {
        request(name, of: shipped) { request, _ in
            let text = String(decoding: request.body?.data ?? Data(), as: UTF8.self)
            request.body = .bytes(Data(change(text).utf8))
        }
    }

    /// A mutant with other conventions.
    static func conventions(
        _ name: String,
        of shipped: Shipped,
        _ change: @escaping @Sendable (inout WireConventions) -> Void
    ) -> Self {
        Self(name, of: shipped) {
            var conventions = shipped.dialect.conventions
            change(&conventions)
            $0.conventions = conventions
        }
    }

    /// A mutant that gives one meaning to some refusals.
    static func remedy(
        _ name: String,
        of shipped: Shipped,
        _ remedy: Remedy,
        where isMeant: @escaping @Sendable (Refusal) -> Bool
    ) -> Self {
        Self(name, of: shipped) {
            $0.remedy = { refusal, exchange, base in
                isMeant(refusal) ? remedy : base.remedy(for: refusal, of: exchange)
            }
        }
    }

    /// A mutant that makes something else of the tokens it has read.
    static func tokens(
        _ name: String,
        of shipped: Shipped,
        _ change: @escaping @Sendable (TokenSet, WireResponse) throws -> TokenSet
    ) -> Self {
        Self(name, of: shipped) {
            $0.tokens = { response, exchange, base in
                try change(base.tokens(in: response, for: exchange), response)
            }
        }
    }
}

extension WireField {
    func renamed(_ name: String) -> Self {
        var field = self
        field.name = name
        return field
    }

    func valued(_ value: String) -> Self {
        var field = self
        field.value = Secret(value)
        return field
    }
}
