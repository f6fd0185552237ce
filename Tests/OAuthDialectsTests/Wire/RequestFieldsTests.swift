import Foundation
import OAuthDialects
import Testing

/// The fields of a request that a signature covers, and those that are added to it.
struct RequestFieldsTests {
    private static let fields = [WireField("b", "1 2"), WireField("a", "é&=")]
    private static let form = "b=1+2&a=%C3%A9%26%3D"

    private static func request(_ url: String = "https://a.example/", _ body: WireBody? = nil) throws -> WireRequest {
        WireRequest("POST", try Sample.url(url), body: body)
    }

    private static func bytes(_ text: String, _ type: String?) throws -> WireRequest {
        var request = try request("https://a.example/?q=1", .bytes(Data(text.utf8)))
        request.headers["Content-Type"] = type
        return request
    }

    private static func texts(_ request: WireRequest) throws -> [String] {
        try WireField.all(in: request).map { "\($0.name)=\($0.value.revealed)" }
    }

    @Test func `Fields are read decoded, of the query first`() throws {
        #expect(try Self.texts(Self.request("https://a.example/?\(Self.form)#x")) == ["b=1 2", "a=é&="])
        #expect(
            try Self.texts(Self.request("https://a.example/?x=1", .form(Self.fields))) == ["x=1", "b=1 2", "a=é&="]
        )
        #expect(try Self.texts(Self.request("https://a.example/", .json(Self.fields))) == ["b=1 2", "a=é&="])
        #expect(try Self.texts(Self.bytes(Self.form, "application/x-www-form-urlencoded; charset=utf-8")).count == 3)
        #expect(try Self.texts(Self.bytes(Self.form, "application/json")) == ["q=1"])
        #expect(try Self.texts(Self.bytes(Self.form, nil)) == ["q=1"])
    }

    @Test func `A query that can't be decoded is a typed error`() throws {
        let request = try Self.request("https://a.example/?canary=%ff")
        let error = try #require(tokenError { try WireField.all(in: request) })
        #expect(error.code == .invalidRequest)
        Printed(error).lacks(["canary"])
    }

    @Test(arguments: [
        ("https://a.example/p", "https://a.example/p?s=x%20y"), ("https://a.example/p?", "https://a.example/p?s=x%20y"),
        ("https://a.example/p?i=1&i=2", "https://a.example/p?i=1&i=2&s=x%20y"),
        ("https://a.example/p?i=1&", "https://a.example/p?i=1&s=x%20y"),
        ("https://a.example/p?i=1#f", "https://a.example/p?i=1&s=x%20y#f"),
        ("https://a.example/p#f?g", "https://a.example/p?s=x%20y#f?g"),
    ])
    func `A field is added to the query behind what is there`(_ before: String, _ after: String) throws {
        var request = try Self.request(before)
        try request.add([WireField("s", "x y")], toQuery: true)
        #expect(request.url.absoluteString == after)
    }

    @Test func `A field is added where the request has its own`() throws {
        let added = [WireField("s", secret: "x y")]
        var form = try Self.request("https://a.example/", .form(Self.fields))
        try form.add(added)
        #expect(form.body.map { String(decoding: $0.data, as: UTF8.self) } == Self.form + "&s=x+y")
        var json = try Self.request("https://a.example/", .json(Self.fields))
        try json.add(added)
        #expect(try json.decodedJSON() == ["b": "1 2", "a": "é&=", "s": "x y"])
        var query = try Self.request()
        try query.add(added)
        #expect(query.url.absoluteString == "https://a.example/?s=x%20y")
        var bytes = try Self.bytes(Self.form, "application/x-www-form-urlencoded")
        try bytes.add(added)
        #expect(bytes.body.map { String(decoding: $0.data, as: UTF8.self) } == Self.form + "&s=x+y")
        #expect(!"\(form)\(json)\(query)\(bytes)".contains("x y"))
    }

    @Test func `A field that is there already is refused by its name`() throws {
        for body: WireBody? in [.form(Self.fields), .json(Self.fields), nil] {
            var request = try Self.request("https://a.example/?b=1", body)
            let error = try #require(tokenError { try request.add([WireField("b", secret: "canary")]) })
            #expect(error.code == .invalidRequest)
            #expect(error.message.contains(" b "))
            Printed(error).lacks(["canary"])
        }
        var bytes = try Self.bytes("{}", "application/json")
        #expect(tokenError { try bytes.add([WireField("s", "x")]) }?.code == .invalidRequest)
    }

    @Test func `A token in the query leaves repeated parameters of the app alone`() throws {
        let access = ResourceAccess(
            token: try AccessToken("canary-token"),
            credentials: ClientCredentials(id: "c", secret: "s"),
            date: Sample.date,
            nonce: "n"
        )
        var request = try Self.request("https://a.example/?id=1&id=2")
        try Sample.standard(WireConventions { $0.tokenPlacement = .query("key") }).authorize(&request, for: access)
        #expect(request.url.query() == "id=1&id=2&key=canary-token")
    }
}
