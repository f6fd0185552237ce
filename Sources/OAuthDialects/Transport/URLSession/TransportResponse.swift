#if URLSession
internal import Foundation

#if canImport(FoundationNetworking)
internal import FoundationNetworking
#endif

extension WireResponse {
    /// The status and headers of a response; `nil` if it is not HTTP.
    ///
    /// The fields are sorted, because `URLSession` does not keep their order.
    init?(_ response: URLResponse) {
        guard let response = response as? HTTPURLResponse else { return nil }
        self.init(status: response.statusCode)
        let fields = response.allHeaderFields.compactMap { name, value -> (String, String)? in
            guard let name = name as? String, let value = value as? String else { return nil }
            return (name, value)
        }
        for (name, value) in fields.sorted(by: { $0.0 < $1.0 }) { headers.append(name, value) }
    }
}
#endif
