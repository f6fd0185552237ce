import Foundation
import OAuthDialects

/// Ends the process unless something holds, in builds of every kind.
func expect(_ condition: Bool, _ what: @autoclosure () -> String) {
    guard !condition else { return }
    FileHandle.standardError.write(Data("Does not hold: \(what())\n".utf8))
    abort()
}

/// The value, or `nil` where it could not be had for a reason that has a type.
func typed<Value>(_ what: String, _ body: () throws -> Value) -> Value? {
    do {
        return try body()
    } catch {
        expect(error is TokenError, "\(what) fails by a TokenError, not by \(type(of: error))")
        expectPresentable(error)
        return nil
    }
}

/// What is shown of an error is short, and acts on no terminal.
func expectPresentable(_ error: any Error) {
    let text = "\(error)"
    expect(text.utf8.count < 4096, "an error is short: \(text.utf8.count) bytes")
    expect(
        text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control },
        "an error has no control character"
    )
}

/// Nothing that was to be secret stands in a text; for secrets that nobody writes by chance.
func expectNoSecret(_ secrets: [String], in text: String, _ where: String) {
    for secret in secrets { expect(!text.contains(secret), "\(`where`) shows no secret") }
}
