import Foundation
import RevenueMonsterSigning
import Testing

struct CanonicalJSONTests {
    @Test(arguments: [
        (#"{ "b" : 1, "a" : [ { "d" : null, "c" : true } ] }"#, #"{"a":[{"c":true,"d":null}],"b":1}"#),
        (
            #"{"amount":12345678901234567890,"rate":0.10,"e":1E400,"z":-0}"#,
            #"{"amount":12345678901234567890,"e":1E400,"rate":0.10,"z":-0}"#
        ),
        (#"{"t":"<a href='x'>&</a>"}"#, #"{"t":"\u003ca href='x'\u003e\u0026\u003c/a\u003e"}"#),
        (#"{"t":"a\/b\u00e9\n\u0001\"\\"}"#, #"{"t":"a/bé\n\u0001\"\\"}"#),
        (#"{"ä":1,"z":2,"Z":3,"":4}"#, #"{"":4,"Z":3,"z":2,"ä":1}"#),
        ("[]", "[]"), ("{}", "{}"), (" null ", "null"), (#""\ud83d\ude00""#, "\"😀\""),
    ])
    func `Members are sorted, numbers stay, and three characters are escaped`(_ json: String, _ canonical: String)
        throws
    {
        #expect(try CanonicalJSON(Data(json.utf8), escaping: .html).text == canonical)
    }

    @Test(arguments: [
        "", "{", #"{"a":1,}"#, "[1,]", "[1 2]", "{a:1}", #"{"a" 1}"#, "01", "+1", "1.", ".5", "NaN", "nul", "\"a",
        #""\x""#,
        #"{"a":1,"a":2}"#, #"{"a":1} x"#, "\"a\nb\"", #""\ud83d""#, #"{"a":1,"\u0061":2}"#, "\"\\",
        String(repeating: "[", count: 100_000),
    ])
    func `What is no JSON is refused`(_ json: String) {
        #expect(throws: CanonicalJSON.Failure.self) { try CanonicalJSON(Data(json.utf8), escaping: .html) }
    }

    @Test func `What is not UTF-8 is refused`() {
        #expect(throws: CanonicalJSON.Failure.self) { try CanonicalJSON(Data([0x22, 0xFF, 0x22]), escaping: .none) }
    }
}
