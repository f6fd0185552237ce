import Foundation

/// A film of the sandbox's programme; the films don't exist.
struct Film: Sendable {
    let id: Int
    let title: String
    let plot: String
    let censorship: String
    let runTime: Int
    let genres: [String]
    let language: String

    var key: String { OpaqueKey.of("Movie", id) }

    static let all = [
        Film(
            id: 0,
            title: "Hujan di Kota Lama",
            plot: "A retired mapmaker and his granddaughter follow a street that is on no map of Ipoh.",
            censorship: "U",
            runTime: 108,
            genres: ["Drama", "Family"],
            language: "ms"
        ),
        Film(
            id: 1,
            title: "The Cartographer’s Daughter",
            plot: "A ship returns to Malacca after ninety years, and one name on its crew list is hers.",
            censorship: "P13",
            runTime: 124,
            genres: ["Adventure", "Mystery"],
            language: "en"
        ),
        Film(
            id: 2,
            title: "Nasi Lemak Heist",
            plot: "Four hawkers, one secret recipe, and the slowest getaway car in Penang.",
            censorship: "P13",
            runTime: 96,
            genres: ["Comedy", "Crime"],
            language: "ms"
        ),
        Film(
            id: 3,
            title: "Orbit of Silence",
            plot: "The last engineer of a lunar relay answers a call that left Earth before she was born.",
            censorship: "P13",
            runTime: 137,
            genres: ["Science Fiction"],
            language: "en"
        ),
        Film(
            id: 4,
            title: "Seven Lanterns",
            plot: "On the night of the festival, a tailor finds a letter sewn into every coat he made.",
            censorship: "U",
            runTime: 112,
            genres: ["Romance", "Drama"],
            language: "zh"
        ),
        Film(
            id: 5,
            title: "Harimau Malam",
            plot: "A ranger tracks a tiger through Taman Negara, and something else tracks the ranger.",
            censorship: "18",
            runTime: 101,
            genres: ["Thriller"],
            language: "ms"
        ),
    ]
}

/// Keys as WeTix writes them: Base64 of something that only the provider reads.
enum OpaqueKey {
    static func of(_ parts: Any...) -> String {
        Data(parts.map { "\($0)" }.joined(separator: "/").utf8).base64EncodedString()
            .replacing("=", with: "").replacing("+", with: "-").replacing("/", with: "_")
    }
}
