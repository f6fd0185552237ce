/// A cinema of the sandbox's programme.
///
/// None is of GSC, at which WeTix documents reservations without an end.
struct Cinema: Sendable {
    let id: Int
    let name: String
    /// A documented operator: `TGV`, `MMC`, or `DADI`.
    let `operator`: String
    let address: String
    let postCode: String
    let stateCode: String
    let halls: [Hall]

    var key: String { OpaqueKey.of("Cinema", id) }

    static let all = [
        Cinema(
            id: 0,
            name: "TGV Kota Lama",
            operator: "TGV",
            address: "Level 3, Jalan Sultan Yussuf",
            postCode: "30000",
            stateCode: "MY-08",
            halls: [
                Hall(id: 1, name: "Hall 1", type: "STANDARD", ticket: 1750, fee: 50),
                Hall(id: 2, name: "Hall 2", type: "IMAX", ticket: 2650, fee: 50),
            ]
        ),
        Cinema(
            id: 1,
            name: "mmCineplexes Tepi Sungai",
            operator: "MMC",
            address: "Lot 12, Persiaran Tepi Sungai",
            postCode: "50100",
            stateCode: "MY-14",
            halls: [
                Hall(id: 3, name: "Hall 3", type: "ATMOS", ticket: 2150, fee: 50),
                Hall(id: 4, name: "Hall 4", type: "STANDARD", ticket: 1600, fee: 50),
            ]
        ),
        Cinema(
            id: 2,
            name: "Dadi Bukit Cahaya",
            operator: "DADI",
            address: "Roof Level, Jalan Bukit Cahaya",
            postCode: "55100",
            stateCode: "MY-14",
            halls: [
                Hall(id: 5, name: "Hall 5", type: "STANDARD", ticket: 1850, fee: 100),
                Hall(id: 6, name: "Hall 6", type: "ONYX", ticket: 3100, fee: 100),
            ]
        ),
    ]
}

/// A hall: eight rows of ten seats with an aisle in the middle.
struct Hall: Sendable {
    let id: Int
    let name: String
    let type: String
    /// The price of a ticket in sen, without the fee.
    let ticket: Int
    /// The fee for booking a ticket, in sen.
    let fee: Int

    /// The price of a seat in sen.
    var price: Int { ticket + fee }

    var ticketKey: String { OpaqueKey.of("Ticket", id, "ADULT") }

    static let rows = ["A", "B", "C", "D", "E", "F", "G", "H"]
    static let columns = 1...10
    /// The column after which the aisle is.
    static let aisle = 5
}
