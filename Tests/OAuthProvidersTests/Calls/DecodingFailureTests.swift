import Foundation
import OAuthDialects
import OAuthDialectsTesting
import OAuthProviders
import Testing

@Suite(.timeLimit(.minutes(5)))
struct DecodingFailureTests {
    @Test(
        arguments: [
            (#"{"items":[]}"#, "id is missing"),
            (#"{"id":"c4nary","items":[]}"#, "id is not a value of type Int"),
            (#"{"id":null,"items":[]}"#, "id is null, and not a value of type Int"),
            (
                #"{"id":1,"items":[{"name":"a","price":1},{"name":"c4nary","price":"c4nary"}]}"#,
                "items[1].price is not a value of type Double"
            ),
            (#"{"id":1,"items":[{"price":"c4nary"}]}"#, "items[0].name is missing"),
            (#"{"id":1.5,"items":["c4nary"]}"#, nil),
            ("c4nary", "the body is not JSON of this type"),
            (#"{"id":1,"items":"c4nary"#, "the body is not JSON of this type"),
        ] as [(String, String?)]
    )
    func `The error says where the decoding failed, and quotes nothing`(_ body: String, _ place: String?) async throws {
        let shop = Shop(.tiki, .json(200, body))
        let error = try #require(await shop.apiError { _ = try await shop.session.json(Order.self, from: shop.url) })
        #expect(error.status == 200)
        let failure = try #require(error.decodingFailure)
        if let place { #expect(failure == place) }
        #expect(!printed(error).contains("c4nary"))
        #expect(error.action == .fix)
    }

    @Test func `The keys of a dictionary come out of the body, and are not shown`() async throws {
        for key in ["c4nary", "4111111111111111", "Index 3"] {
            let shop = Shop(.tiki, .json(200, #"{"\#(key)":{"id":"x"}}"#))
            let error = try #require(
                await shop.apiError { _ = try await shop.session.json([String: Order].self, from: shop.url) }
            )
            #expect(error.decodingFailure?.contains(key) == false, "\(error)")
            #expect(error.decodingFailure?.hasPrefix("[…].id ") == true, "\(error)")
        }
        let shop = Shop(.tiki, .json(200, #"{"4111111111111111":{"id":"x"}}"#))
        let error = await shop.apiError { _ = try await shop.session.json([Int: Order].self, from: shop.url) }
        #expect(error?.decodingFailure?.contains("4111") == false)
    }

    @Test func `An initializer's own error is named by its type alone`() async throws {
        struct Refusing: Decodable {
            struct Complaint: Error { let text = "c4nary" }
            init(from decoder: any Decoder) throws { throw Complaint() }
        }
        let shop = Shop()
        let error = await shop.apiError { _ = try await shop.session.json(Refusing.self, from: shop.url) }
        #expect(error?.decodingFailure == "an initializer threw Complaint")
    }

    @Test func `A payment whose answer can't be decoded has to be looked up`() async throws {
        let shop = Shop(.tiki, .json(201, "{}"))
        let error = await shop.apiError {
            _ = try await shop.session.json(
                Order.self,
                for: shop.request("POST"),
                body: Order.sample,
                repeating: .atOnce
            )
        }
        #expect(error?.delivery == .unknown)
        #expect(error?.action == .verify)
        #expect(shop.sent.count == 1)
    }
}
