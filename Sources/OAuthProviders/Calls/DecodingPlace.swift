internal import OAuthDialects

/// Says where and why a body could not be decoded, in words of the app's own types: nothing of the body is quoted.
enum DecodingPlace {
    static func text(of error: any Error) -> String {
        guard let error = error as? DecodingError else { return "an initializer threw \(type(of: error))" }
        switch error {
        case .keyNotFound(let key, let context): return "\(path(context.codingPath + [key])) is missing"
        case .valueNotFound(let type, let context):
            return "\(path(context.codingPath)) is null, and not a value of type \(type)"
        case .typeMismatch(let type, let context): return "\(path(context.codingPath)) is not a value of type \(type)"
        case .dataCorrupted(let context) where context.codingPath.isEmpty: return "the body is not JSON of this type"
        case .dataCorrupted(let context): return "\(path(context.codingPath)) has a value that its type does not take"
        @unknown default: return "the body has another form"
        }
    }

    /// A path such as `items[2].price`.
    private static func path(_ keys: [any CodingKey]) -> String {
        if keys.isEmpty { return "the body" }
        return keys.reduce(into: "") { path, key in
            if let index = index(key) {
                path += "[\(index)]"
            } else if isOwn(key) {
                path += path.isEmpty ? key.stringValue : ".\(key.stringValue)"
            } else {
                // The key of a dictionary comes out of the body.
                path += "[…]"
            }
        }
    }

    /// The index in a list, which the decoder writes so; a key of the body that looks like a number has another text.
    private static func index(_ key: any CodingKey) -> Int? {
        key.intValue.flatMap { key.stringValue == "Index \($0)" ? $0 : nil }
    }

    /// Whether the key is a case of an enumeration of the app's own, without a payload.
    private static func isOwn(_ key: any CodingKey) -> Bool {
        let mirror = Mirror(reflecting: key)
        let module = String(reflecting: type(of: key)).prefix { $0 != "." }
        return mirror.displayStyle == .enum && mirror.children.isEmpty && module != "Swift"
            && !module.hasPrefix("Foundation")
    }
}
