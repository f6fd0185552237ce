extension QRCode {
    /// An SVG image with the quiet zone of 4 modules (section 6.3.8), black on white whatever surrounds it.
    public var svg: String {
        let size = modules.count + 2 * Self.quietZone
        let path = modules.enumerated().map { y, row in Self.path(of: row, y: y + Self.quietZone) }.joined()
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size) \(size)" role="img" shape-rendering="crispEdges">\
            <title>QR code: \(Self.escaped(text))</title>\
            <rect width="\(size)" height="\(size)" fill="#fff"/><path fill="#000" d="\(path)"/></svg>
            """
    }

    private static let quietZone = 4

    /// One rectangle for each run of dark modules.
    private static func path(of row: [Bool], y: Int) -> String {
        var path = ""
        var x = 0
        while x < row.count {
            let length = row[x...].prefix { $0 == row[x] }.count
            if row[x] { path += "M\(x + quietZone) \(y)h\(length)v1h-\(length)z" }
            x += length
        }
        return path
    }

    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            // XML 1.0 allows no other control characters, not even as references.
            case _ where scalar.value < 32 && !["\t", "\n", "\r"].contains(scalar): "\u{FFFD}"
            default: String(scalar)
            }
        }.joined()
    }
}
