import Crypto
import Foundation
import OAuthDialects
import ShopSandboxes
import Testing

@Suite(.timeLimit(.minutes(5)))
struct BookingTests {
    /// Makes an order of two seats.
    private func book(_ rig: Rig, _ session: TokenSession) async throws -> (
        key: String, sessionKey: String, seats: [String]
    ) {
        let showtime = try #require(await rig.showtimes(session).first)
        let booking = try await rig.begin(session, showtime)
        let seats = Array(booking.seats.prefix(2))
        _ = try await rig.reserve(session, booking.key, seats)
        let input = rig.input(booking.key, ticket: booking.ticket, quantity: 2)
        let reading = try await rig.mutate(session, "createMovieOrder", input)
        let path = "data.createMovieOrder.order"
        #expect(reading["\(path).status"] == "PENDING" && reading["\(path).payableAmount"] == "36")
        #expect(reading["\(path).bookingAmount"] == "1")
        return (try #require(reading["\(path).key"]), booking.key, seats)
    }

    private func confirm(_ rig: Rig, _ session: TokenSession, _ key: String) async throws -> Reading {
        try await rig.mutate(session, "confirmMovieOrder", #"{"orderKey":"\#(key)"}"#)
    }

    @Test func `A confirmed order is paid, then completed, and told by a webhook`() async throws {
        try await Rig.run { rig in
            let session = try rig.session("wetix")
            let (key, _, _) = try await book(rig, session)
            #expect(try await confirm(rig, session, key)["data.confirmMovieOrder.order.status"] == "PAID")
            #expect(try await confirm(rig, session, key)["data.confirmMovieOrder.order.status"] == "PAID")
            #expect(try await rig.order(session, key)["data.movieOrder.status"] == "PAID")
            try await rig.clock.waitForSleepers()
            rig.clock.advance(by: .seconds(1))
            let order = try await rig.order(session, key)
            #expect(order["data.movieOrder.status"] == "COMPLETED" && order["data.movieOrder.qrCode"]?.count == 46)

            let request = try #require(await rig.inbox.next().first)
            #expect(request.url.absoluteString == "http://127.0.0.1:9/webhooks/wetix")
            let body = request.body?.data ?? Data()
            let timestamp = try #require(request.headers["X-Timestamp"])
            let nonce = try #require(request.headers["X-Nonce-Str"])
            let secret = try #require(rig.directory.providers["wetix"]?.clientSecret)
            let code = HMAC<SHA256>.authenticationCode(
                for: Data((timestamp + nonce + body.base64EncodedString()).utf8),
                using: SymmetricKey(data: Data(secret.utf8))
            )
            #expect(request.headers["X-Signature"] == code.map { String(format: "%02x", $0) }.joined())
            let reading = Reading(WireResponse(status: 200, body: body))
            #expect(reading["eventType"] == "NOTIFY_ORDER_COMPLETION" && reading["data.key"] == key)
            #expect(reading["data.payableAmount"] == "3600" && reading["data.bookingAmount"] == "100")
            #expect(reading["data.qrCode"] == order["data.movieOrder.qrCode"])
        }
    }

    @Test func `Mutations that cost money have to be signed`() async throws {
        try await Rig.run { rig in
            let session = try rig.session("wetix")
            let (key, _, _) = try await book(rig, session)
            let input = #"{"orderKey":"\#(key)"}"#
            let other = try await rig.mutate(session, "confirmMovieOrder", input, pem: rig.directory.merchantPrivateKey)
            #expect(other["errors.0.message"] == "The signature is not that of the input.")
            let changed = try await rig.mutate(session, "confirmMovieOrder", input, signing: #"{"orderKey":"x"}"#)
            #expect(changed["errors.0.message"] == "The signature is not that of the input.")
            let unsigned = try await rig.ask(
                session,
                "mutation { confirmMovieOrder(input: {orderKey: \"\(key)\"}) { order { key } } }"
            )
            #expect(unsigned["errors.0.message"]?.contains("signature") == true)
            #expect(try await rig.order(session, key)["data.movieOrder.status"] == "PENDING")
            #expect(try await confirm(rig, session, "x").code == "ORDER_NOT_FOUND")
        }
    }

    @Test func `A cinema that can't issue the tickets fails the order, and its seats are free`() async throws {
        try await Rig.run { rig in
            rig.sandboxes.failsBookings = true
            let session = try rig.session("wetix")
            let (key, _, seats) = try await book(rig, session)
            _ = try await confirm(rig, session, key)
            try await rig.clock.waitForSleepers()
            rig.clock.advance(by: .seconds(1))
            #expect(try await rig.order(session, key)["data.movieOrder.status"] == "FAILED")
            #expect(try await rig.order(session, key)["data.movieOrder.qrCode"] == nil)
            let again = try await rig.begin(session, #require(await rig.showtimes(session).first))
            #expect(Array(again.seats.prefix(2)) == seats)
        }
    }

    @Test func `An order can be confirmed after its end unless somebody took its seats`() async throws {
        try await Rig.run { rig in
            let session = try rig.session("wetix")
            let (key, _, _) = try await book(rig, session)
            rig.clock.advance(by: .seconds(1025))
            #expect(try await confirm(rig, session, key)["data.confirmMovieOrder.order.status"] == "PAID")

            let late = try await book(rig, session)
            rig.clock.advance(by: .seconds(1025))
            let showtime = try #require(await rig.showtimes(session).first)
            let other = try await rig.begin(session, showtime)
            _ = try await rig.reserve(session, other.key, late.seats)
            #expect(try await confirm(rig, session, late.key).code == "UNABLE_TO_CONFIRM_BOOKING")
        }
    }

    @Test func `An order needs reserved seats, matching tickets, and a session of its own`() async throws {
        try await Rig.run { rig in
            let session = try rig.session("wetix")
            let made = try await book(rig, session)
            let showtime = try #require(await rig.showtimes(session).first)
            let booking = try await rig.begin(session, showtime)
            let again = rig.input(made.sessionKey, ticket: booking.ticket, quantity: 2)
            #expect(try await rig.mutate(session, "createMovieOrder", again).code == "ORDER_SESSION_EXPIRED")
            _ = try await rig.reserve(session, booking.key, Array(booking.seats.prefix(2)))
            let three = rig.input(booking.key, ticket: booking.ticket, quantity: 3)
            #expect(try await rig.mutate(session, "createMovieOrder", three)["errors.0.message"] != nil)
            rig.clock.advance(by: .seconds(900))
            let two = rig.input(booking.key, ticket: booking.ticket, quantity: 2)
            #expect(try await rig.mutate(session, "createMovieOrder", two).code == "ORDER_SESSION_EXPIRED")
            #expect(try await rig.release(session, made.sessionKey)["data.releaseSeats.session.status"] == "CANCELLED")
            #expect(try await rig.order(session, made.key)["data.movieOrder.status"] == "CANCELLED")
            #expect(try await confirm(rig, session, made.key).code == "UNABLE_TO_CONFIRM_BOOKING")
        }
    }
}
