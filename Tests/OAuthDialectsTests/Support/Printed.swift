import Foundation
import Testing

/// Every text that a value can be turned into without its own consent.
struct Printed {
    let texts: [String]

    init<Value>(_ value: Value) {
        var dumped = ""
        dump(value, to: &dumped)
        var walked: [String] = []
        Self.walk(Mirror(reflecting: value), into: &walked, depth: 0)
        texts =
            [
                String(describing: value), String(reflecting: value), "\(value)", "\([value])", "\(["key": value])",
                "\(Optional(value) as Any)", String(format: "%@", "\(value)"), dumped,
            ] + walked
    }

    /// Records an issue for each secret that any of the texts shows.
    func lacks(_ secrets: [String], sourceLocation: SourceLocation = #_sourceLocation) {
        for secret in secrets {
            let spellings = [secret, Data(secret.utf8).base64EncodedString()]
            for text in texts {
                for spelling in spellings where text.contains(spelling) {
                    Issue.record("\(spelling) is in: \(text)", sourceLocation: sourceLocation)
                }
            }
        }
    }

    private static func walk(_ mirror: Mirror, into texts: inout [String], depth: Int) {
        guard depth < 12 else { return }
        var mirror: Mirror? = mirror
        while let current = mirror {
            for child in current.children {
                texts.append("\(child.label ?? ""): \(child.value)")
                texts.append(String(reflecting: child.value))
                if let bytes = child.value as? Data { texts.append(String(decoding: bytes, as: UTF8.self)) }
                walk(Mirror(reflecting: child.value), into: &texts, depth: depth + 1)
            }
            mirror = current.superclassMirror
        }
    }
}
