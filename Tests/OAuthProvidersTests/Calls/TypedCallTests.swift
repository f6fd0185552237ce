import Foundation
import OAuthDialects
import OAuthDialectsTesting
import OAuthProviders
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

@Suite(.timeLimit(.minutes(5)))
struct TypedCallTests {
    @Test func `An answer is decoded, by URL and by request`() async throws {
        let shop = Shop()
        #expect(try await shop.session.json(Order.self, from: shop.url) == .sample)
        #expect(try await shop.session.json(Order.self, for: shop.request("DELETE")) == .sample)
        #expect(shop.sent.map(\.method) == ["GET", "DELETE"])
        #expect(shop.sent.allSatisfy { $0.headers["Accept"] == "application/json" })
    }

    @Test func `A body is encoded with the caller's encoder, and its own headers stay`() async throws {
        struct Sample: Encodable { let placedAt = Date(timeIntervalSince1970: 0) }
        let shop = Shop()
        let (encoder, decoder) = (JSONEncoder(), JSONDecoder())
        encoder.dateEncodingStrategy = .iso8601
        let request = shop.request("POST", ["Accept": "application/vnd.shop+json"])
        let order = try await shop.session.json(
            Order.self,
            for: request,
            body: Sample(),
            encoder: encoder,
            decoder: decoder
        )
        #expect(order == .sample)
        let sent = try #require(shop.sent.first)
        #expect(String(decoding: sent.body?.data ?? Data(), as: UTF8.self) == #"{"placedAt":"1970-01-01T00:00:00Z"}"#)
        #expect(sent.headers["Content-Type"] == "application/json")
        #expect(sent.headers["Accept"] == "application/vnd.shop+json")
        let typed = shop.request("PUT", ["Content-Type": "application/merge-patch+json"])
        _ = try await shop.session.json(Order.self, for: typed, body: Sample())
        #expect(shop.sent.last?.headers["Content-Type"] == "application/merge-patch+json")
    }

    @Test func `A request that has no body, or one that can't be encoded, is not sent`() async throws {
        let shop = Shop()
        let onGet = await shop.tokenError {
            _ = try await shop.session.json(Order.self, for: shop.request(), body: Order.sample)
        }
        #expect(onGet?.code == .invalidRequest)
        #expect(onGet?.delivery == .notSent)
        let unwritable = await shop.tokenError {
            _ = try await shop.session.json(Order.self, for: shop.request("POST"), body: ["s3cret-price": Double.nan])
        }
        #expect(unwritable?.delivery == .notSent)
        #expect(unwritable.map { !printed($0).contains("s3cret") } == true)
        #expect(shop.sent.isEmpty)
        #expect(shop.sandbox.counters.tokenRequests == 0)
    }

    @Test func `An empty answer is nil for an optional type, and an error for another`() async throws {
        let shop = Shop(.tiki, WireResponse(status: 204))
        #expect(try await shop.session.json(Order?.self, for: shop.request("DELETE")) == nil)
        let error = await shop.apiError { _ = try await shop.session.json(Order.self, from: shop.url) }
        #expect(error?.status == 204)
        #expect(error?.decodingFailure == "the body is not JSON of this type")
        #expect(try await Shop().session.json(Order?.self, from: shop.url) == .sample)
    }

    @Test func `Data comes with any status`() async throws {
        let shop = Shop(.tiki, .json(404, #"{"error":"unknown_order"}"#))
        let (data, response) = try await shop.session.data(from: shop.url)
        #expect(response.statusCode == 404)
        #expect(String(decoding: data, as: UTF8.self) == #"{"error":"unknown_order"}"#)
    }

    @Test func `A rejected token is renewed, and the call goes on`() async throws {
        let shop = Shop()
        _ = try await shop.session.json(Order.self, from: shop.url)
        shop.sandbox.revokeAccessTokens()
        #expect(try await shop.session.json(Order.self, from: shop.url) == .sample)
        #expect(shop.sandbox.counters.tokenRequests == 2)
    }

    @Test func `A host that is none of the dialect's gets no token`() async throws {
        let shop = Shop()
        let error = await shop.tokenError {
            _ = try await shop.session.json(Order.self, from: #require(URL(string: "https://evil.example/orders")))
        }
        #expect(error?.code == .untrustedHost)
    }
}
