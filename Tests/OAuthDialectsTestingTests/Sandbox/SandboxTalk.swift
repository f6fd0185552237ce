import Foundation
import OAuthDialects
import OAuthDialectsTesting

/// Requests as a careless client makes them.
struct Talk {
    var method = "POST"
    var path: String
    var type: String?
    var authorization: String?
    var body: String

    /// What the documents say.
    static func right(_ sample: Sample) -> Self {
        let credentials = ProviderSandbox(sample.provider).credentials
        let secret = credentials.secret?.revealed ?? ""
        let basic = { (id: String, secret: String) in "Basic " + Data("\(id):\(secret)".utf8).base64EncodedString() }
        return switch sample.testDescription {
        case "WeTix":
            Self(
                path: sample.path,
                type: "application/json",
                authorization: basic(credentials.id, secret),
                body: #"{"grant_type":"client_credentials"}"#
            )
        case "Revenue Monster":
            Self(
                path: sample.path,
                type: "application/json",
                authorization: basic(credentials.id, secret),
                body: #"{"grantType":"client_credentials"}"#
            )
        case "Tiki":
            Self(
                path: sample.path,
                type: "application/x-www-form-urlencoded",
                authorization: basic(credentials.id, encoded(secret)),
                body: "grant_type=client_credentials"
            )
        default:
            Self(
                path: sample.path,
                type: "application/x-www-form-urlencoded",
                body: "grant_type=client_credentials&client_id=sandbox-client&client_secret=\(encoded(secret))"
            )
        }
    }

    static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    func with(_ change: (inout Self) -> Void) -> Self {
        var copy = self
        change(&copy)
        return copy
    }

    var request: WireRequest {
        var request = WireRequest(
            method,
            URL(string: "https://sandbox.example\(path)")!,
            body: body.isEmpty ? nil : .bytes(Data(body.utf8))
        )
        request.headers["Content-Type"] = type
        request.headers["Authorization"] = authorization
        return request
    }
}

extension WireResponse {
    var text: String { String(decoding: body, as: UTF8.self) }

    var json: [String: Any] {
        (try? JSONSerialization.jsonObject(with: body)) as? [String: Any] ?? [:]
    }
}
