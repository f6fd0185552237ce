extension QRCode {
    /// The penalty of a masked symbol; the mask with the lowest total is used (section 7.8.3, table 11).
    package struct Penalty {
        private let rows: [[Bool]]
        private let lines: [[Bool]]

        /// Prepares the penalty of a square of modules.
        package init(_ rows: [[Bool]]) {
            self.rows = rows
            lines = rows + rows.indices.map { column in rows.map { $0[column] } }
        }

        /// The sum of all four.
        package var total: Int { runs + blocks + finders + proportion }

        /// 3 points for five modules of one color in a line, and one for each further module.
        package var runs: Int {
            var points = 0
            for line in lines {
                var length = 0
                for index in line.indices {
                    length = index > 0 && line[index] == line[index - 1] ? length + 1 : 1
                    if length == 5 { points += 3 } else if length > 5 { points += 1 }
                }
            }
            return points
        }

        /// 3 points for each block of 2 by 2 modules of one color; blocks may overlap.
        package var blocks: Int {
            var points = 0
            for (upper, lower) in zip(rows, rows.dropFirst()) {
                for x in upper.indices.dropFirst() {
                    let color = lower[x]
                    if lower[x - 1] == color, upper[x] == color, upper[x - 1] == color { points += 3 }
                }
            }
            return points
        }

        /// 40 points for each 1:1:3:1:1 of dark and light with four light modules before or after it.
        ///
        /// The quiet zone counts as light.
        package var finders: Int {
            let finder = [true, false, true, true, true, false, true]
            var points = 0
            for line in lines {
                for start in 0..<max(0, line.count - finder.count + 1) {
                    let end = start + finder.count
                    guard line[start..<end].elementsEqual(finder) else { continue }
                    if !line[..<start].suffix(4).contains(true) || !line[end...].prefix(4).contains(true) {
                        points += 40
                    }
                }
            }
            return points
        }

        /// 10 points for each 5 % by which the share of dark modules is away from 50 %.
        package var proportion: Int {
            let dark = rows.joined().count { $0 }
            let all = rows.count * rows.count
            return abs(dark * 20 - all * 10) / all * 10
        }
    }
}
