extension String {
    /// The text in lines of at most a width, broken at spaces, then between the fields of a form, then anywhere.
    package func wrapped(at width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in split(separator: " ") {
            var rest = word
            if !line.isEmpty, line.count + 1 + rest.count <= width {
                line += " " + rest
                continue
            }
            if !line.isEmpty { lines.append(line) }
            // A URL or a body may be longer than a line.
            while rest.count > width {
                let part = rest.prefix(width)
                let end = part.lastIndex(of: "&") ?? part.endIndex
                let cut = end > part.startIndex ? end : part.endIndex
                lines.append(String(rest[..<cut]))
                rest = rest[cut...]
            }
            line = String(rest)
        }
        return line.isEmpty && !lines.isEmpty ? lines : lines + [line]
    }

    /// The text filled up with spaces to a width.
    package func padded(to width: Int, isRight: Bool = false) -> String {
        let spaces = String(repeating: " ", count: max(0, width - count))
        return isRight ? spaces + self : self + spaces
    }
}
