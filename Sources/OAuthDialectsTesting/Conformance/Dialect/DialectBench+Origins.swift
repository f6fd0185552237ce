internal import Foundation
internal import OAuthDialects

extension DialectBench {
    private static let foreign = "foreign.example"

    /// Values by which an answer could direct tokens to a foreign host; some look like the provider's own.
    private var foreignHosts: [String] {
        let own = dialect.apiOrigins.origins.map(\.host).sorted().first ?? "api.example"
        let domain = own.split(separator: ".").suffix(2).joined(separator: ".")
        return [
            "https://evil-\(domain)", "evil-\(domain)", "https://\(Self.foreign)", Self.foreign,
            "https://\(own).\(Self.foreign)",
            "https://\(own)@\(Self.foreign)",
            "http://\(own)", "https://\(own):8443", "https://\(own)/\(Self.foreign)",
        ]
    }

    /// An answer can't send tokens to a host outside the domains that the dialect states.
    var foreignOrigins: ConformanceCase {
        one(.apiOrigins, "answers whose extras name foreign hosts", "an error, or none of these hosts") {
            let own = origins
            for name in conventions.answer.allExtras {
                for text in foreignHosts {
                    var extras = provider.rules.extras
                    extras[name] = Secret(text)
                    guard let found = try? dialect.apiOrigins(for: extras) else { continue }
                    let others = found.origins.subtracting(own.origins).subtracting(dialect.apiOrigins.origins)
                    if let origin = others.map(\.description).sorted().first { return "\(name) adds \(origin)" }
                }
            }
            return nil
        }
    }
}
