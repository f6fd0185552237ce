import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct InsightTests {
    @Test func `Events tell a renewal from its start to its end`() async throws {
        let rig = Rig()
        let events = rig.session.events
        let heard = Task {
            var names: [SessionEvent.Name] = []
            for await event in events {
                names.append(event.name)
                if event.name == .renewalSucceeded { break }
            }
            return names
        }
        await eventually { rig.session.listeners == 1 }
        _ = try await rig.token
        #expect(await heard.value == [.renewalStarted, .exchangeSent, .exchangeAnswered, .renewalSucceeded])
        #expect(rig.log.events.last?.metadata["method"] == "authenticate")
    }

    @Test func `A slow listener loses the oldest events and is told how many`() async throws {
        let rig = Rig()
        var iterator = rig.session.events.makeAsyncIterator()
        let token = try await rig.session.accessToken()
        for _ in 0..<200 {
            rig.session.invalidate(token)
            rig.clock.advance(by: .hours(2))
            _ = try await rig.token
        }
        let first = await iterator.next(isolation: nil)
        #expect(first?.name == .eventsMissed)
        let missed = Int(first?.metadata["count"] ?? "") ?? 0
        #expect(missed == rig.log.events.count - 256)
    }

    @Test func `Nothing secret is in any event, the status or an error, even if the provider echoes everything`()
        async throws
    {
        let canaries = ["c4nary-secret", "c4nary/access+1", "c4nary-refresh"]
        let credentials = ClientCredentials(id: "client", secret: canaries[0])
        let rig = Rig(credentials: credentials)
        rig.provider.answer { _ in .tokens(canaries[1], refresh: canaries[2]) }
        _ = try await rig.token
        rig.clock.advance(by: .hours(2))
        rig.provider.answer { call in
            let body = String(decoding: call.request.body?.data ?? Data(), as: UTF8.self)
            let echo = "\(call.request.headers.fields) \(body)".replacing("\"", with: "'")
            return .json(400, #"{"error":"invalid_grant","error_description":"\#(echo) \#(canaries[0])"}"#)
        }
        let error = await rig.failure()
        let token = rig.session.currentAccessToken as Any
        let status = String(decoding: try JSONEncoder().encode(rig.session.status), as: UTF8.self)
        var shown = [status, "\(rig.session.status)", "\(token)"]
        shown += rig.log.events.map { "\($0) \($0.metadata)" }
        if let error { shown += ["\(error)", String(reflecting: error), error.localizedDescription, dumped(error)] }
        shown += [dumped(rig.session), dumped(rig.log.events)]
        for text in shown {
            for canary in canaries + canaries.map({ Data($0.utf8).base64EncodedString() }) + [
                "Y2xpZW50OmM0bmFyeS1zZWNyZXQ"
            ] {
                #expect(!text.contains(canary), "\(text)")
            }
        }
    }

    @Test func `A secret that comes back as a scope is not shown, and the others are as they came`() async throws {
        let canaries = ["c4nary-secret", "c4nary-access", "c4nary-refresh"]
        let rig = Rig(credentials: ClientCredentials(id: "client", secret: canaries[0]))
        let scope = (["read"] + canaries).joined(separator: " ")
        rig.provider.answer { _ in
            .json(
                200,
                #"{"access_token":"\#(canaries[1])","refresh_token":"\#(canaries[2])","expires_in":60,"scope":"\#(scope)"}"#
            )
        }
        _ = try await rig.token
        let token = try #require(rig.session.currentAccessToken)
        #expect(token.scopes == ["read", "<redacted>", "<redacted>", "<redacted>"])
        Printed(rig.session.status).lacks(canaries)
        Printed(token).lacks(canaries)
    }

    @Test func `The status says what is held and when it is renewed next`() async throws {
        let rig = Rig()
        #expect(rig.session.status.standing == .noToken)
        _ = try await rig.token
        let status = rig.session.status
        #expect(status.standing == .working)
        #expect(status.hasRefreshToken)
        #expect(status.expiresAt == rig.clock.date.addingTimeInterval(3600))
        let next = try #require(status.nextAt)
        #expect((3240...3600).contains(next.timeIntervalSince(rig.clock.date)))
        rig.clock.advance(by: .hours(2))
        #expect(rig.session.status.standing == .expired)
        let copy = try JSONDecoder().decode(SessionStatus.self, from: JSONEncoder().encode(status))
        #expect(copy == status)
    }

    @Test func `The status says when the next renewal is due in each state`() async throws {
        let rig = Rig()
        #expect(rig.session.status.nextAt == rig.clock.date)
        rig.provider.answer { _ in .json(503, "{}", headers: ["Retry-After": "60"]) }
        _ = await rig.failure()
        #expect(rig.session.status.nextAt == rig.clock.date.addingTimeInterval(60))
        rig.clock.advance(by: .seconds(61))
        let gate = Latch()
        rig.provider.answer { _ in
            await gate.passes()
            return .tokens("for ever".replacing(" ", with: "-"), lifetime: nil)
        }
        let callers = await rig.queue(2)
        #expect(rig.session.status.isRenewing)
        #expect(rig.session.status.nextAt == nil)
        #expect(rig.session.status.waitingCallers == 2)
        gate.open()
        for caller in callers { _ = try await caller.value }
        #expect(rig.session.status.standing == .working)
        #expect(rig.session.status.nextAt == nil)
        try await rig.session.signOut()
        #expect(rig.session.status.standing == .signedOut)
        #expect(rig.session.status.nextAt == nil)
    }

    @Test func `A provider's drift is told once for each kind, without values`() async throws {
        let rig = Rig()
        rig.provider.answer { call in
            .json(
                200,
                #"{"accessToken":"canary-\#(call.number)","expires_in":"\#(3000 + call.number)","néw":"canary"}"#
            )
        }
        for _ in 0..<5 { _ = try await rig.session.renew() }
        let told = rig.log.events.filter { $0.name == .answerDeviated }.map(\.message)
        #expect(told.count == 5, "\(told)")
        #expect(told.contains("The lifetime expires_in is a string, not a number."))
        #expect(told.contains("The spelling of the field accessToken differs from the dialect's."))
        #expect(told.contains("The field n?w is unknown."))
        #expect(told.contains("The answer has no token_type."))
        #expect(told.contains("The lifetime is longer than any before."))
        #expect(!told.joined().contains("canary"))
    }

    @Test func `An answer that a dialect reads in a way of its own is no drift`() async throws {
        let dialect = WeTixDialect(.sandbox).overriding {
            $0.tokens = { response, _, _ in
                let fields = try JSONDecoder().decode([String: [String: String]].self, from: response.body)
                return try TokenSet(accessToken: Secret(fields["data"]?["jwt"] ?? ""), lifetime: .seconds(3600))
            }
        }
        let rig = Rig(dialect: dialect)
        rig.provider.answer { .json(200, #"{"data":{"jwt":"access-\#($0.number)","ttl":"60"}}"#) }
        #expect(try await rig.token == "access-1")
        #expect(rig.log.count(of: .answerDeviated) == 0)
    }

    @Test func `A test's short lifetimes are no drift`() async throws {
        let rig = Rig()
        rig.provider.answer { call in .tokens("access-\(call.number)", lifetime: call.number) }
        for _ in 0..<5 { _ = try await rig.session.renew() }
        #expect(rig.log.events.filter { $0.name == .answerDeviated }.map(\.message) == [])
        let useless = Rig()
        useless.provider.answer { call in .tokens("access-\(call.number)", lifetime: 0) }
        _ = try? await useless.token
        let told = useless.log.events.filter { $0.name == .answerDeviated }.map(\.message)
        #expect(told == ["The lifetime is too short to use the token."])
    }

    @Test func `Tokens in a form are no drift`() async throws {
        let rig = Rig()
        let form: WireHeaders = ["Content-Type": "application/x-www-form-urlencoded"]
        rig.provider.answer {
            WireResponse(
                status: 200,
                headers: form,
                body: Data("access_token=access-\($0.number)&token_type=bearer&expires_in=3600".utf8)
            )
        }
        #expect(try await rig.token == "access-1")
        #expect(rig.log.count(of: .answerDeviated) == 0)
    }

    @Test(arguments: [NamedDialect.all])
    func `What the providers document is no drift`(_ dialects: [NamedDialect]) {
        for named in dialects {
            let name = named.dialect.conventions.answerName
            let body = #"{"\#(name(.accessToken))":"t","\#(name(.expiresIn))":1,"\#(name(.tokenType))":"bearer"}"#
            #expect(named.dialect.conventions.deviations(in: .json(200, body)).isEmpty)
        }
    }

    @Test func `A preview is the request that would be sent, with placeholders for secrets`() async throws {
        let rig = Rig()
        let request = try rig.session.preview(.refreshToken(try RefreshToken("r3fresh")))
        #expect(request.url.absoluteString == "https://sb-oauth.wetix.my/auth/refresh")
        #expect("\(request)".contains(#""'"$REFRESH_TOKEN"'""#), "\(request)")
        #expect(!"\(request)".contains("r3fresh"))
        #expect(rig.provider.calls.isEmpty)
    }

    @Test func `Upkeep renews without callers, and stops at once when it is cancelled`() async throws {
        let rig = Rig()
        let upkeep = Task { await rig.session.run() }
        for number in 1...5 {
            await eventually { rig.provider.calls.count == number && !rig.session.status.isRenewing }
            #expect(rig.session.currentAccessToken != nil)
            let next = try #require(rig.session.status.nextAt)
            rig.clock.advance(by: .seconds(next.timeIntervalSince(rig.clock.date) + 1))
        }
        upkeep.cancel()
        await upkeep.value
    }

    @Test func `Upkeep of a session in which nobody has signed in reports no error`() async throws {
        let rig = Rig(identity: .user(try Account("ann")))
        let upkeep = Task { await rig.session.run() }
        await eventually { rig.log.count(of: .signInRequired) == 1 && !rig.session.status.isRenewing }
        upkeep.cancel()
        await upkeep.value
        #expect(rig.log.events.map(\.name) == [.renewalStarted, .renewalFailed, .signInRequired])
        #expect(rig.log.events.allSatisfy { $0.level == .info })
        #expect(rig.provider.calls.isEmpty)
    }

    @Test func `Upkeep rests between two renewals`() async throws {
        let clock = ReadCountingClock()
        let provider = StubProvider()
        let session = TokenSession(
            dialect: .weTix(.sandbox),
            credentials: ClientCredentials(id: "client", secret: "s3cret"),
            transport: provider,
            clock: clock
        )
        let upkeep = Task { await session.run() }
        await clock.base.drain(until: { provider.calls.count >= 3 }, by: .seconds(60))
        await eventually { !session.status.isRenewing }
        try await clock.base.waitForSleeper(within: .seconds(3600))
        let before = clock.reads.count
        for _ in 0..<1000 { await Task.yield() }
        #expect(clock.reads.count - before < 20)
        upkeep.cancel()
        await upkeep.value
    }

    @Test func `Events end with their session, whoever still holds the sequence`() async throws {
        var rig: Rig? = Rig()
        let events = try #require(rig?.session.events)
        let listener = Task { for await _ in events {} }
        await eventually { rig?.session.listeners == 1 }
        rig = nil
        await listener.value
        for await _ in events {}
    }
}

/// A test clock that counts how often it is read.
private final class ReadCountingClock: SessionClock {
    let base = TestClock()
    let reads = Counter()

    var now: SessionInstant {
        reads.increment()
        return base.now
    }
    var date: Date { base.date }

    func sleep(until instant: SessionInstant) async throws { try await base.sleep(until: instant) }
}

private func dumped(_ value: some Any) -> String {
    var text = ""
    dump(value, to: &text)
    return text
}
