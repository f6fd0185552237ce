import Foundation
import OAuthDialects
import Testing

/// What a request prints is a command that a shell reads as it was meant.
@Suite(.serialized)
struct CurlCommandTests {
    static let hostile = [
        "plain", "it's", "''", "'\\''", "a\"b", "`id`", "$(id)", "${HOME}", "$HOME", "a\\", "\\'", "a\nb", "a\r\nb",
        "a\\\nb", "a\0b", "\0",
        "; id; '", "| id", "&& id", "> /dev/null", "#x", "~", "*", "!x", "-x", "--next", "", " ", "\t", "é😀",
        "'\u{301}; id; '", "'\u{FE0F}`id`'",
        "'\u{200D}$(id)'", "\u{1B}[2J", "\u{202E}", "%s%n", "@/etc/passwd", "=", "&",
    ]

    private func arguments(of request: WireRequest, with variables: [String: String] = [:]) throws -> [String] {
        #expect(try Shell.run(request.description, isChecked: true).status == 0, "\(request)")
        return try Shell.arguments(of: request.description, with: variables)
    }

    @Test func `The shell is asked and can say no`() throws {
        #expect(try Shell.run("curl 'a", isChecked: true).status != 0)
        #expect(try Shell.run("curl $(", isChecked: true).status != 0)
        #expect(try Shell.run("exit 7", isChecked: true).status == 0)
        #expect(try Shell.arguments(of: #"curl 'a b' "$X"$X"#, with: ["X": "c"]) == ["a b", "cc"])
    }

    @Test(arguments: hostile)
    func `A hostile scope in a form is one argument`(_ scope: String) throws {
        let request = try TikiDialect(.production).request(for: Sample.exchange(.clientCredentials(scopes: [scope])))
        let arguments = try arguments(of: request)
        #expect(arguments.last == "scope=" + scope.replacing("\0", with: ""))
        #expect(arguments.count { $0 == "--data-urlencode" } == 2)
        #expect(arguments.count == 15)
    }

    @Test(arguments: hostile)
    func `A hostile scope in a JSON body is in one argument, which is the body`(_ scope: String) throws {
        let request = try WeTixDialect(.production).request(for: Sample.exchange(.clientCredentials(scopes: [scope])))
        let body = try #require(request.body?.data)
        #expect(try arguments(of: request).suffix(2) == ["--data-raw", String(decoding: body, as: UTF8.self)])
    }

    @Test(arguments: hostile)
    func `Hostile names, methods and headers are one argument each`(_ text: String) throws {
        let url = try Sample.url("https://api.example/")
        let fields = [WireField(text, "v"), WireField(text, secret: "canary")]
        let request = WireRequest(
            "M" + text,
            url,
            headers: ["Accept": text, "N" + text: "canary"],
            body: .form(fields)
        )
        let shown = text.replacing("\0", with: "")
        let arguments = try arguments(of: request)
        try #require(arguments.count == 13)
        #expect(arguments.prefix(3) == ["--request", "M" + shown, "https://api.example/"])
        #expect(arguments[4] == "Accept: " + ProviderText.escape(text))
        // Only "=" and "'" and the like could be in a name; what can't be one is not shown.
        #expect(arguments[6].hasPrefix("N\(shown): ") || arguments[6].hasPrefix("<invalid>: "))
        // An `@` or `=` of the name must not be curl's own.
        #expect(arguments[10] == FormEncoding.encode(text) + "=v")
    }

    @Test(arguments: [
        ("https://api.example/it's/$(id)?q='$(id)'&r=`x`", "https://api.example/it's/$(id)?q=&r="),
        ("https://api.example/a;b|c&d?x", "https://api.example/a;b%7Cc&d?"),
        ("https://u:canary@api.example:8443/users/@me?a=1&a=2#canary", "https://api.example:8443/users/@me?a=&a="),
        ("http://[::1]:8080/", "http://[::1]:8080/"),
        ("https://api.example/?'=1&$(id)=2", "https://api.example/?'=&$(id)="),
    ])
    func `A hostile URL is one argument without its values`(_ text: String, _ shown: String) throws {
        let request = WireRequest("GET", try Sample.url(text))
        let argument = try #require(try arguments(of: request).last)
        // Foundation may encode more of it than the text does.
        #expect(argument.removingPercentEncoding == shown.removingPercentEncoding)
        Printed(request).lacks(["canary"])
    }

    @Test(arguments: ["/bin/sh", "/bin/bash"])
    func `An argument is quoted once, and leaves its quotes for placeholders alone`(_ shell: String) throws {
        let fields = [WireField("grant_type", "refresh_token"), WireField("refresh_token", secret: "refresh-canary")]
        let url = try Sample.url("https://api.example/token?a=1&b=2")
        let request = WireRequest("POST", url, headers: ["Accept": "it's"], body: .json(fields))
        let command = #"""
            curl --request 'POST' 'https://api.example/token?a='"$A"'&b='"$B" \
              --header 'Accept: it'\''s' \
              --header 'Content-Type: application/json' \
              --data-raw '{"grant_type":"refresh_token","refresh_token":"'"$REFRESH_TOKEN"'"}'
            """#
        #expect(request.description == command)
        let variables = ["A": "1", "B": "2", "REFRESH_TOKEN": "refresh-canary"]
        let arguments = try Shell.arguments(of: command, by: shell, with: variables)
        #expect(
            arguments == [
                "--request", "POST", url.absoluteString, "--header", "Accept: it's", "--header",
                "Content-Type: application/json", "--data-raw",
                #"{"grant_type":"refresh_token","refresh_token":"refresh-canary"}"#,
            ]
        )
    }

    static let variables = [
        "CLIENT_ID": "client", "CLIENT_SECRET": Sample.clientSecret, "REFRESH_TOKEN": Sample.refreshToken,
        "CODE": "code-canary",
        "CODE_VERIFIER": "verifier-canary", "ACCESS_TOKEN": "access-canary", "ASSERTION": "assertion-canary",
        "X_API_KEY": "key-canary",
    ]

    @Test(arguments: NamedDialect.all)
    func `With the placeholders set the command is the request`(_ named: NamedDialect) throws {
        let code = Grant.authorizationCode(
            "code-canary",
            redirectURI: "https://a/'b'?c",
            codeVerifier: "verifier-canary"
        )
        for grant in [.clientCredentials(scopes: ["a", "b c'd"]), try Sample.refresh(scopes: ["e"]), code] {
            let request = try named.dialect.request(for: Sample.exchange(grant))
            #expect(!request.description.contains("canary"))
            var arguments = try arguments(of: request, with: Self.variables)[...]
            #expect(arguments.prefix(3) == ["--request", "POST", request.url.absoluteString])
            arguments = arguments.dropFirst(3)
            var form: [String] = []
            while let option = arguments.popFirst(), let value = arguments.popFirst() {
                switch option {
                case "--user": #expect(try request.decodedBasic() == value)
                case "--header": #expect(request.headers.fields.contains { "\($0.name): \($0.value)" == value })
                case "--data-raw": #expect(request.body?.data == Data(value.utf8))
                case "--data-urlencode": form.append(value)
                default: Issue.record("\(option)")
                }
            }
            if request.headers["Content-Type"] != "application/json" {
                #expect(try request.decodedForm().map { "\($0)=\($1)" } == form)
            }
        }
    }

    @Test func `A request to an API has placeholders for its token and its key`() throws {
        var request = WireRequest(
            "GET",
            try Sample.url("https://api.tiki.vn/x?access_token=access-canary"),
            headers: ["X-Api-Key": "key-canary"]
        )
        let access = ResourceAccess(
            token: try AccessToken("access-canary"),
            credentials: ClientCredentials(id: "client"),
            date: Sample.date,
            nonce: "n"
        )
        try TikiDialect(.production).authorize(&request, for: access)
        #expect(!request.description.contains("canary"))
        #expect(
            try arguments(of: request, with: Self.variables) == [
                "--request", "GET", "https://api.tiki.vn/x?access_token=access-canary", "--header",
                "X-Api-Key: key-canary", "--header",
                "Authorization: Bearer access-canary",
            ]
        )
    }

    @Test func `Bytes stand for a file`() throws {
        let request = WireRequest("PUT", try Sample.url("https://a.example/"), body: .bytes(Data("canary".utf8)))
        #expect(
            try arguments(of: request, with: ["BODY_FILE": "/tmp/a b"]).suffix(2) == ["--data-binary", "@/tmp/a b"]
        )
        Printed(request).lacks(["canary"])
    }
}
