import Foundation
import OAuthDialects
import RevenueMonsterSigning
import ShopSandboxes
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5)))
struct MerchantSignatureTests {
    /// Changes a request after it was signed.
    private struct Tampering: RequestSigner {
        let signer: RevenueMonsterSigner
        let change: @Sendable (inout WireRequest) -> Void

        func signed(_ request: WireRequest, for purpose: SigningPurpose) async throws -> WireRequest {
            var request = try await signer.signed(request, for: purpose)
            if case .resource = purpose { change(&request) }
            return request
        }
    }

    private func code(
        _ rig: Rig,
        pem: String? = nil,
        _ change: @escaping @Sendable (inout WireRequest) -> Void
    ) async throws -> String? {
        let key = try RSASigningKey(pem: pem ?? rig.directory.merchantPrivateKey)
        let signer = Tampering(signer: RevenueMonsterSigner(key: key), change: change)
        let session = try rig.session("revenue-monster", signer: signer)
        let reading = try await session.ask(
            "POST",
            rig.payment("online"),
            rig.checkout(UUID().uuidString.prefix(24).lowercased())
        )
        return reading.code ?? reading["code"]
    }

    @Test func `A request has to be signed by the merchant, as it is`() async throws {
        try await Rig.run { (rig: Rig) async throws in
            #expect(try await code(rig) { _ in } == "SUCCESS")
            let invalid = "INVALID_REQUEST_SIGNATURE"
            #expect(try await code(rig, pem: rig.directory.weTixPrivateKey) { _ in } == invalid)
            #expect(try await code(rig) { $0.headers["X-Signature"] = nil } == invalid)
            #expect(try await code(rig) { $0.headers["X-Signature"] = "sha256 AAAA" } == invalid)
            #expect(try await code(rig) { $0.headers["X-Nonce-Str"] = "another" } == invalid)
            #expect(try await code(rig) { $0.headers["X-Nonce-Str"] = nil } == invalid)
            #expect(try await code(rig) { $0.body = .bytes(Data(#"{"order":{"amount":1}}"#.utf8)) } == invalid)
            #expect(try await code(rig) { $0.url.append(queryItems: [.init(name: "x", value: "1")]) } == invalid)
            #expect(try await code(rig) { $0.headers["X-Timestamp"] = nil } == "INVALID_TIMESTAMP")
            #expect(try await code(rig) { $0.headers["X-Timestamp"] = "1599467903" } == "INVALID_TIMESTAMP")
        }
    }

    @Test func `A timestamp is good for two minutes`() async throws {
        try await Rig.run { (rig: Rig) async throws in
            let clock = rig.clock
            #expect(try await code(rig) { _ in clock.moveDate(by: .seconds(119)) } == "SUCCESS")
            #expect(try await code(rig) { _ in clock.moveDate(by: .seconds(122)) } == "INVALID_TIMESTAMP")
            #expect(try await code(rig) { _ in clock.moveDate(by: .seconds(-122)) } == "INVALID_TIMESTAMP")
        }
    }

    @Test func `A nonce is used once, and a refused one is not used`() async throws {
        try await Rig.run { (rig: Rig) async throws in
            let first = Mutex<WireRequest?>(nil)
            let again: @Sendable (inout WireRequest) -> Void = { request in
                first.withLock { first in
                    if let first { request = first } else { first = request }
                }
            }
            #expect(try await code(rig, again) == "SUCCESS")
            #expect(try await code(rig, again) == "INVALID_REQUEST")
        }
    }

    @Test func `The refusal of a signature shows what should have been signed`() async throws {
        try await Rig.run { rig in
            let signer = RevenueMonsterSigner(key: try RSASigningKey(pem: rig.directory.weTixPrivateKey))
            let session = try rig.session("revenue-monster", signer: signer)
            let reading = try await session.ask("GET", rig.payment("transaction/1"))
            #expect(reading.status == 400)
            #expect(reading["error.debug"]?.hasPrefix("method=get&nonceStr=") == true)
            let url = try rig.payment("transaction/1").absoluteString
            #expect(reading["error.debug"]?.contains("&requestUrl=\(url)&signType=sha256&timestamp=") == true)
        }
    }
}
