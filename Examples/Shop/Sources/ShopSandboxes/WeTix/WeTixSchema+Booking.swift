import Foundation

extension WeTixSchema {
    func session(_ session: BookingSession) -> GraphQLNode {
        .object("MovieOrderSession") { name in
            switch name {
            case "key": .text(session.key)
            case "sessionId": .text(String(session.key.suffix(27)))
            case "cinema": cinema(session.screening.cinema)
            case "movie": movie(session.screening.film)
            case "showtime": showtime(session.screening)
            case "seatLayout": layout(of: session.screening)
            case "tickets": .list([ticket(of: session.screening.hall)])
            case "concessions": .list([])
            case "selectedSeats": .list(seats(session))
            case "hasExpiry": .flag(session.expiresAt != nil)
            case "expiresIn": .value(expiresIn(session.expiresAt))
            case "expiredAt": .value(session.expiresAt.map { .string($0.rfc3339) } ?? .null)
            case "status": .text(session.status.rawValue)
            case "createdAt": .text(session.createdAt.rfc3339)
            case "lastUpdatedAt": .text(session.updatedAt.rfc3339)
            default: nil
            }
        }
    }

    func order(_ booking: Booking) -> GraphQLNode {
        .object("MovieOrder") { name in
            switch name {
            case "key": .text(booking.key)
            case "movie": movie(booking.screening.film)
            case "cinema": cinema(booking.screening.cinema)
            case "bookingId": .text(booking.bookingID)
            case "transactionId": .text(booking.transactionID)
            case "currencyCode": .text("MYR")
            case "totalAmount", "payableAmount": Self.money(booking.total)
            case "bookingAmount": Self.money(booking.fees)
            // It may be negative, as in a sample.
            case "expiresIn": .value(expiresIn(booking.expiresAt))
            case "expiredAt": .text(booking.expiresAt.rfc3339)
            case "paidAt": .value(booking.paidAt.map { .string($0.rfc3339) } ?? .null)
            case "qrCode": .value(booking.qrCode.map(JSON.string) ?? .null)
            case "status": .text(booking.status.rawValue)
            case "createdAt": .text(booking.createdAt.rfc3339)
            case "lastUpdatedAt": .text(booking.updatedAt.rfc3339)
            default: nil
            }
        }
    }

    private func ticket(of hall: Hall) -> GraphQLNode {
        .object("MovieTicket") { name in
            switch name {
            case "key": .text(hall.ticketKey)
            case "id": .text("\(hall.id)01")
            case "name", "type": .text("ADULT")
            case "purchaseAmount": Self.money(hall.ticket)
            case "bookingAmount": Self.money(hall.fee)
            // The table says money, the samples are texts.
            case "areaCode": .text("1")
            case "seatsAllocation": .integer(1)
            case "hasBundle": .flag(false)
            default: nil
            }
        }
    }

    private func layout(of screening: Screening) -> GraphQLNode {
        let statuses = boxOffice.statuses(of: screening, at: date)
        let rows = Hall.rows.enumerated().map { y, row in
            var seats = Hall.columns.map { column in
                let label = BoxOffice.label(row, column)
                let x = column <= Hall.aisle ? column - 1 : column
                return seat(label, x: x, y: y, statuses[label] ?? "BROKEN")
            }
            seats.insert(.value(.null), at: Hall.aisle)
            return GraphQLNode.object("SeatRow") { [seats] name in
                switch name {
                case "label": .text(row)
                case "seats": .list(seats)
                default: nil
                }
            }
        }
        return .object("CinemaHallLayout") { name in
            switch name {
            case "totalRow": .integer(Hall.rows.count)
            case "totalColumn": .integer(Hall.columns.count + 1)
            case "twoDimensionView": .list(rows)
            default: nil
            }
        }
    }

    private func seats(_ session: BookingSession) -> [GraphQLNode] {
        session.seats.compactMap { label in
            guard let y = Hall.rows.firstIndex(of: String(label.prefix(1))), let column = Int(label.dropFirst()) else {
                return nil
            }
            return seat(label, x: column <= Hall.aisle ? column - 1 : column, y: y, "RESERVED")
        }
    }

    private func seat(_ label: String, x: Int, y: Int, _ status: String) -> GraphQLNode {
        .object("Seat") { name in
            switch name {
            case "key": .text(BoxOffice.seatKey(label))
            case "type": .text("STANDARD")
            case "label": .text(label)
            case "x": .integer(x)
            case "y": .integer(y)
            case "areaCode": .text("1")
            case "allocation": .integer(1)
            case "status": .text(status)
            default: nil
            }
        }
    }

    private func expiresIn(_ end: Date?) -> JSON {
        end.map { .integer(Int($0.timeIntervalSince(date).rounded(.down))) } ?? .null
    }
}
