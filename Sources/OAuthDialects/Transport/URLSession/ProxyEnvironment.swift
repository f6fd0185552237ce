#if URLSession
internal import Foundation

/// The proxies that environment variables set for plain `http`, read as libcurl reads them on Linux.
enum ProxyEnvironment {
    /// The process's variables; empty on Apple platforms, where `URLSession` ignores them.
    static let current: @Sendable () -> [String: String] = {
        #if canImport(FoundationNetworking)
        ProcessInfo.processInfo.environment
        #else
        [:]
        #endif
    }

    /// The variable whose proxy would carry a request to a host; `nil` if the request would go directly.
    ///
    /// `HTTP_PROXY` does not count: a CGI server sets it from the caller's `Proxy` header (httpoxy).
    static func variable(carrying host: String, in environment: [String: String]) -> String? {
        func value(_ name: String) -> String? {
            environment[name].flatMap { $0.isEmpty ? nil : $0 }
        }
        guard let variable = ["http_proxy", "all_proxy", "ALL_PROXY"].first(where: { value($0) != nil }) else {
            return nil
        }
        let exceptions = value("no_proxy") ?? value("NO_PROXY") ?? ""
        return excepts(exceptions, host) ? nil : variable
    }

    /// Accepts only the forms that every libcurl accepts: `*` alone, and the host itself.
    private static func excepts(_ list: String, _ host: String) -> Bool {
        if list == "*" { return true }
        let bare = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        return list.split { $0 == "," || $0 == " " }.contains { ASCII.lowercase($0) == bare }
    }
}
#endif
