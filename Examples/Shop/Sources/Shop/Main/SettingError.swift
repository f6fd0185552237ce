import OAuthDialects
import OAuthProviders
import ShopCore

/// A mistake in the settings; it names the setting, and never its value.
package struct SettingError: Error, CustomStringConvertible {
    package let description: String

    init(_ name: String, _ problem: String) { description = "\(name) \(problem)." }
}

/// What a process that can't start says.
enum StartFailure {
    static func text(of error: any Error) -> String {
        switch error {
        case let error as SettingError: "Shop: \(error)"
        case let error as ConfigurationError: "Shop: \(error)"
        case let error as TokenError: "Shop: \(error)"
        case let error as ShopError: "Shop: \(error.message)"
        default: "Shop can't start: \(error)"
        }
    }
}
