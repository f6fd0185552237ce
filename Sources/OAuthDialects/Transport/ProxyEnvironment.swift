internal import Foundation

/// What environment variables say about proxies for plain `http`, read as libcurl reads them on Linux.
enum ProxyEnvironment {
    /// The process's variables; none on Apple platforms, where `URLSession` does not look at them.
    static let current: @Sendable () -> [String: String] = {
        #if canImport(FoundationNetworking)
        ProcessInfo.processInfo.environment
        #else
        [:]
        #endif
    }

    /// The variable whose proxy would carry a request to a host; `nil` if it would go straight there.
    ///
    /// `HTTP_PROXY` is none of them: a CGI server sets it from a header of whoever calls (httpoxy).
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

    /// Takes only what libcurl surely takes too: `*` alone, and the host itself.
    private static func excepts(_ list: String, _ host: String) -> Bool {
        if list == "*" { return true }
        let bare = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        return list.split { $0 == "," || $0 == " " }.contains { ASCII.lowercase($0) == bare }
    }
}
