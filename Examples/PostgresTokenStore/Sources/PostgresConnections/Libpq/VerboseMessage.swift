/// libpq's message about a connection, from which the first line with a code is kept.
///
/// With verbose errors, that line is `SEVERITY:  CODE: what happened`, after a text about the address.
struct VerboseMessage {
    private let text: String

    init(_ text: String) {
        self.text = text
    }

    func failure(_ code: PostgresError.Code) -> PostgresError {
        let lines = text.split(separator: "\n").map(String.init)
        for line in lines {
            if let match = line.firstMatch(of: /[A-Z]+: {2}([0-9A-Z]{5}): (.*)/) {
                return PostgresError(.refused, state: String(match.1), String(match.2))
            }
        }
        return PostgresError(code, lines.first ?? "The connection to the server was lost.")
    }
}
