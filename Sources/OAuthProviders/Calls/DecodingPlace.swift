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
            if let index = key.intValue {
                path += "[\(index)]"
            } else if Mirror(reflecting: key).displayStyle == .enum {
                path += path.isEmpty ? key.stringValue : ".\(key.stringValue)"
            } else {
                // The key of a dictionary comes out of the body.
                path += "[…]"
            }
        }
    }
}
