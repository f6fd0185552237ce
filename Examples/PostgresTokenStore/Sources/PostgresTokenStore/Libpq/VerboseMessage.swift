/// libpq's message for a connection, of which only the first telling line is kept, with the code that stands in it.
///
/// With verbose errors the line is `SEVERITY:  CODE: what happened`, with whatever libpq says of the address before it.
struct VerboseMessage {
    private let text: String

    init(_ text: String) {
        self.text = text
    }

    func failure(_ kind: SQLFailure.Kind) -> SQLFailure {
        let lines = text.split(separator: "\n").map(String.init)
        for line in lines {
            if let match = line.firstMatch(of: /[A-Z]+: {2}([0-9A-Z]{5}): (.*)/) {
                return SQLFailure(.refusal, state: String(match.1), String(match.2))
            }
        }
        return SQLFailure(kind, lines.first ?? "The connection to the server was lost.")
    }
}
