import Foundation

/// The median of several rounds, and how far they were apart.
struct Figure: Codable {
    let median: Double
    let lowest: Double
    let highest: Double

    init(_ rounds: [Double]) {
        let sorted = rounds.sorted()
        median = sorted[sorted.count / 2]
        lowest = sorted[0]
        highest = sorted[sorted.count - 1]
    }

    var text: String {
        func short(_ value: Double) -> String {
            value.formatted(.number.precision(.significantDigits(1...3)).grouping(.automatic))
        }
        return lowest == highest ? short(median) : "\(short(median)) (\(short(lowest))–\(short(highest)))"
    }
}

/// One kind of work.
struct Row: Codable {
    let name: String
    let unit: String
    var ours: Figure
    var peers: [String: Figure] = [:]
}
