import Foundation
import OAuthDialects
import OAuthDialectsTesting
import RevenueMonsterSigning
import Synchronization
import Testing

/// PKCS#1 v1.5 is deterministic: a signature is right if it is the one that `openssl` makes.
final class SignatureTests {
    private let openssl: OpenSSL

    init() throws {
        openssl = try OpenSSL()
    }

    deinit {
        openssl.remove()
    }

    private func text(_ request: WireRequest, data: String?, url: Bool = true) -> String {
        let parts = [
            data.map { "data=\(Data($0.utf8).base64EncodedString())" }, "method=\(request.method.lowercased())",
            "nonceStr=\(request.headers["X-Nonce-Str"] ?? "")", url ? "requestUrl=\(request.url.absoluteString)" : nil,
            "signType=sha256", "timestamp=\(request.headers["X-Timestamp"] ?? "")",
        ]
        return parts.compactMap(\.self).joined(separator: "&")
    }

    @Test func `Keys of both forms make the signature that openssl makes`() throws {
        for pem in [openssl.pkcs1, openssl.pkcs8] {
            let key = try RSASigningKey(pem: pem)
            #expect(try key.signature(of: "text") == openssl.signature(of: "text"))
        }
        let key = try RSAVerifyingKey(pem: openssl.publicKey)
        #expect(try key.isValid(openssl.signature(of: "text"), of: "text"))
        #expect(try !key.isValid(openssl.signature(of: "text"), of: "other"))
        #expect(!key.isValid("no Base64!", of: "text"))
        #expect(throws: (any Error).self) { try RSASigningKey(pem: "no key") }
    }

    @Test func `Every call of a session is signed over the bytes that are sent, and a retry anew`() async throws {
        let sandbox = ProviderSandbox(.revenueMonster)
        let seen = Seen()
        sandbox.stub("POST", "/v3/payment") { request in
            seen.add(request)
            return WireResponse(status: seen.requests.count == 1 ? 401 : 200)
        }
        sandbox.stub("GET", "/v3/store") { request in
            seen.add(request)
            return WireResponse(status: 200)
        }
        let signer = RevenueMonsterSigner(key: try RSASigningKey(pem: openssl.pkcs8))
        let session = sandbox.session(signer: signer)
        let body = Data(#"{"order":{"id":"1","amount":12345678901234567890},"a":"<&>"}"#.utf8)
        let url = try #require(URL(string: "https://sandbox.example/v3/payment?x=1"))
        #expect(try await session.send(WireRequest("POST", url, body: .bytes(body))).status == 200)
        _ = try await session.send(WireRequest("GET", sandbox.url("/v3/store")))
        #expect(seen.requests.count == 3)
        let canonical = #"{"a":"\u003c\u0026\u003e","order":{"amount":12345678901234567890,"id":"1"}}"#
        for request in seen.requests {
            let data = request.method == "POST" ? canonical : nil
            #expect(request.body.map { String(decoding: $0.data, as: UTF8.self) } == data)
            let signature = try openssl.signature(of: text(request, data: data))
            #expect(request.headers["X-Signature"] == "sha256 \(signature)")
            #expect(request.headers["Authorization"]?.hasPrefix("Bearer ") == true)
        }
        #expect(Set(seen.requests.map { $0.headers["X-Nonce-Str"] }).count == 3)
    }

    @Test(arguments: ["", "{}", " null "])
    func `A body with nothing in it leaves data out`(_ body: String) async throws {
        let signer = RevenueMonsterSigner(key: try RSASigningKey(pem: openssl.pkcs1))
        let date = Date(timeIntervalSince1970: 1_700_000_000.9)
        let access = ResourceAccess(
            token: try AccessToken("t"),
            credentials: ClientCredentials(id: "c", secret: "s"),
            date: date,
            nonce: "nonce"
        )
        let url = try #require(URL(string: "https://open.revenuemonster.my/v3/payment"))
        let request = try await signer.signed(
            WireRequest("POST", url, body: .bytes(Data(body.utf8))),
            for: .resource(access)
        )
        #expect(request.headers["X-Timestamp"] == "1700000000")
        #expect(try request.headers["X-Signature"] == "sha256 \(openssl.signature(of: text(request, data: nil)))")
    }

    @Test func `A callback is trusted if Revenue Monster signed it just now`() throws {
        let callback = RevenueMonsterCallback(key: try RSAVerifyingKey(pem: openssl.publicKey))
        let url = try #require(URL(string: "https://app.example/notify"))
        var request = WireRequest("POST", url, body: .bytes(Data(#"{"b":1,"a":2}"#.utf8)))
        let date = Date(timeIntervalSince1970: 1_700_000_000)
        #expect(throws: RevenueMonsterCallback.Failure.malformed) { try callback.verify(request, at: date) }
        request.headers["X-Nonce-Str"] = "nonce"
        request.headers["X-Timestamp"] = "1700000000"
        let signature = try openssl.signature(of: text(request, data: #"{"a":2,"b":1}"#, url: false))
        request.headers["X-Signature"] = "sha256 \(signature)"
        #expect(try callback.verify(request, at: date) == "nonce")
        #expect(throws: RevenueMonsterCallback.Failure.stale) { try callback.verify(request, at: date + 121) }
        #expect(throws: RevenueMonsterCallback.Failure.stale) { try callback.verify(request, at: date - 121) }
        request.body = .bytes(Data(#"{"b":1,"a":3}"#.utf8))
        #expect(throws: RevenueMonsterCallback.Failure.forged) { try callback.verify(request, at: date) }
        request.body = .bytes(Data("{".utf8))
        #expect(throws: RevenueMonsterCallback.Failure.malformed) { try callback.verify(request, at: date) }
    }

    @Test func `WeTix's argument is signed with nulls kept`() throws {
        let input = Data(#"{"seats":["A1"],"email":null,"count":9007199254740993}"#.utf8)
        let signature = try WeTixSignature(
            of: input,
            mutation: "createMovieOrder",
            clientID: "client",
            key: RSASigningKey(pem: openssl.pkcs8),
            at: Date(timeIntervalSince1970: 1_700_000_000)
        )
        let data = Data(#"{"count":9007199254740993,"email":null,"seats":["A1"]}"#.utf8).base64EncodedString()
        let text = "clientId=client&data=\(data)&mutation=createMovieOrder&shaType=SHA256&timestamp=1700000000"
        #expect(try signature.hash == openssl.signature(of: text))
        #expect(signature.algorithm == "SHA256")
        #expect(signature.timestamp == 1_700_000_000)
    }
}

private final class Seen: Sendable {
    private let list = Mutex<[WireRequest]>([])

    var requests: [WireRequest] { list.withLock { $0 } }

    func add(_ request: WireRequest) { list.withLock { $0.append(request) } }
}
