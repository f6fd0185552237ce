import OAuthDialects
import Testing

struct ResponseHeadTests {
    /// A head that has read these lines, and what each line returned.
    private func read(_ lines: String...) -> (head: ResponseHead, isAccepted: [Bool]) {
        var head = ResponseHead()
        let isAccepted = lines.map { head.read(Array($0.utf8)) }
        return (head, isAccepted)
    }

    private func fields(_ head: ResponseHead) -> [String] { head.headers.fields.map { "\($0.name)=\($0.value)" } }

    @Test func `The empty line completes a head`() {
        var (head, _) = read("HTTP/1.1 200 OK\r\n", "A: 1\r\n")
        #expect(!head.isComplete)
        _ = head.read(Array("\r\n".utf8))
        #expect(head.isComplete)
        #expect(head.status == 200)
        #expect(fields(head) == ["A=1"])
    }

    @Test(arguments: [
        ("HTTP/1.1 204 No Content", 204), ("HTTP/1.1 404", 404), ("HTTP/1.1 404 ", 404), ("HTTP/2 200", 200),
        ("HTTP/2 503 ", 503), ("HTTP/1.0  301  Moved", 301), ("HTTP/1.1 999 Odd", 999),
    ])
    func `A status line needs no reason`(line: String, status: Int) {
        let (head, isAccepted) = read(line + "\r\n", "\r\n")
        #expect(isAccepted == [true, true])
        #expect(head.status == status)
        #expect(head.isComplete)
    }

    @Test(arguments: [
        "HTTP/1.1", "HTTP/1.1 ", "HTTP/1.1 OK", "HTTP/1.1 20", "HTTP/1.1 2000 OK", "HTTP/1.1 099 No", "HTTP/1.1 +99 No",
        "HTTP/1.1 -20 No", "HTTP/1.1 2\u{0664}", "HTTP/1.1 20x OK", "HTTP/", "HTTP/1.1\t200\tOK",
    ])
    func `A status line without a status is no HTTP`(line: String) {
        let (head, isAccepted) = read(line + "\r\n")
        #expect(isAccepted == [false])
        #expect(!head.isComplete)
    }

    @Test func `Interim responses are skipped with their fields`() {
        let (head, _) = read(
            "HTTP/1.1 100 Continue\r\n",
            "\r\n",
            "HTTP/1.1 103 Early Hints\r\n",
            "Link: </x>\r\n",
            "\r\n",
            "HTTP/1.1 403 Forbidden\r\n",
            "B: 2\r\n",
            "\r\n"
        )
        #expect(head.status == 403)
        #expect(fields(head) == ["B=2"])
    }

    @Test func `An interim response alone is not complete`() {
        let (head, _) = read("HTTP/1.1 101 Switching Protocols\r\n", "\r\n")
        #expect(!head.isComplete)
    }

    @Test func `What comes after the head is no header`() {
        let (head, isAccepted) = read(
            "HTTP/1.1 200 OK\r\n",
            "A: 1\r\n",
            "\r\n",
            "X-Trailer: 2\r\n",
            "HTTP/1.1 500 No\r\n",
            "\r\n"
        )
        #expect(!isAccepted.contains(false))
        #expect(head.status == 200)
        #expect(fields(head) == ["A=1"])
    }

    @Test(arguments: [
        ("A:1", "A=1"), ("A:  1 \t", "A=1"), ("A :1", "A=1"), ("A:", "A="), ("A: 1:2", "A=1:2"), (": 1", "=1"),
        ("A: caf\u{E9}", "A=caf\u{E9}"), ("A: 1\u{85}", "A=1\u{85}"),
    ])
    func `A field is read with or without spaces`(line: String, field: String) {
        for end in ["\r\n", "\n", ""] {
            let (head, _) = read("HTTP/1.1 200 OK\r\n", line + end, "\r\n")
            #expect(fields(head) == [field])
        }
    }

    @Test func `A folded line continues the field before`() {
        let (head, _) = read("HTTP/1.1 200 OK\r\n", "A: 1\r\n", "  2\r\n", "\t3\r\n", "B: 4\r\n", "\r\n")
        #expect(fields(head) == ["A=1 2 3", "B=4"])
    }

    @Test func `A folded line continues nothing but the line before`() {
        let (first, _) = read("HTTP/1.1 200 OK\r\n", " folded\r\n", "A: 1\r\n", "\r\n")
        #expect(fields(first) == ["A=1"])
        let (second, _) = read("HTTP/1.1 200 OK\r\n", "A: 1\r\n", "no colon\r\n", " folded\r\n", "\r\n")
        #expect(fields(second) == ["A=1"])
    }

    @Test func `A line without a colon is ignored`() {
        let (head, isAccepted) = read("HTTP/1.1 200 OK\r\n", "no colon\r\n", "A: 1\r\n", "\r\n")
        #expect(!isAccepted.contains(false))
        #expect(fields(head) == ["A=1"])
    }

    @Test func `Fields of one name stay in order`() {
        let (head, _) = read("HTTP/1.1 200 OK\r\n", "Set-Cookie: a\r\n", "set-cookie: b\r\n", "\r\n")
        #expect(fields(head) == ["Set-Cookie=a", "set-cookie=b"])
    }

    @Test func `Bytes that are no UTF-8 are replaced`() {
        var (head, _) = read("HTTP/1.1 200 OK\r\n")
        let isAccepted = head.read([0x41, 0x3A, 0xFF, 0xFE, 0x0D, 0x0A])
        #expect(isAccepted)
        #expect(fields(head) == ["A=\u{FFFD}\u{FFFD}"])
    }

    @Test func `An empty line before the status line completes nothing`() {
        let (head, _) = read("\r\n", "HTTP/1.1 200 OK\r\n", "\r\n")
        #expect(head.isComplete)
        #expect(head.status == 200)
    }

    @Test func `A head of at most 256 KiB is kept, in one line or in many`() {
        let status = "HTTP/1.1 200 OK\r\n"
        let line = "A: " + String(repeating: "x", count: 256 * 1024 - status.utf8.count - 3)
        #expect(read(status, line).isAccepted == [true, true])
        #expect(read(status, line + "x").isAccepted == [true, false])
        var (head, _) = read(status)
        let short = Array("Name: value\r\n".utf8)
        var count = 0
        while head.read(short) { count += 1 }
        #expect(count == (256 * 1024 - status.utf8.count) / short.count)
    }

    @Test func `Interim responses count toward the limit`() {
        var head = ResponseHead()
        let line = Array("HTTP/1.1 100 Continue\r\n".utf8)
        var count = 0
        while count < 100_000, head.read(line), head.read([0x0D, 0x0A]) { count += 1 }
        #expect(count == 256 * 1024 / (line.count + 2))
    }
}
