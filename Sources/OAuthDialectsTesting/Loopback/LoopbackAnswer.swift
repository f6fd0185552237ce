internal import Foundation
internal import OAuthDialects

/// Encodes a response as HTTP/1.1.
enum LoopbackAnswer {
    static func bytes(of response: WireResponse, toHead: Bool = false, closes: Bool = false) -> Data {
        var head = "HTTP/1.1 \(response.status) \(reason(response.status))\r\n"
        for (name, value) in response.headers.fields { head += "\(name): \(value)\r\n" }
        let framesItself = response.headers["Content-Length"] != nil || response.headers["Transfer-Encoding"] != nil
        let hasNoBody = response.status < 200 || response.status == 204 || response.status == 304
        if !framesItself, !hasNoBody { head += "Content-Length: \(response.body.count)\r\n" }
        if closes, response.headers["Connection"] == nil { head += "Connection: close\r\n" }
        return Data((head + "\r\n").utf8) + (toHead || hasNoBody ? Data() : response.body)
    }

    private static func reason(_ status: Int) -> String {
        switch status {
        case 100: "Continue"
        case 200: "OK"
        case 302: "Found"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 413: "Content Too Large"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 503: "Service Unavailable"
        default: "Status"
        }
    }
}
