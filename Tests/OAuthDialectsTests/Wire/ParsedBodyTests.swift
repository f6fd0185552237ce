import Foundation
import OAuthDialects
import Testing

struct ParsedBodyTests {
    @Test func `A body that was read gives the same tokens, refusal, and deviations as one that was not`() throws {
        let bodies = [
            #"{"access_token":"t","expires_in":"60","extra":1}"#, #"{"error":"invalid_grant"}"#, "<html>", "",
        ]
        for body in bodies {
            let unread = Sample.answer(body)
            var read = unread
            read.parseBody()
            #expect(read.refusal == unread.refusal)
            let conventions = WireConventions()
            #expect((try? conventions.tokens(in: read)) == (try? conventions.tokens(in: unread)))
            #expect(conventions.deviations(in: read) == conventions.deviations(in: unread))
        }
    }

    @Test func `A body that is replaced is read anew`() throws {
        var answer = Sample.answer(#"{"error":"invalid_grant"}"#)
        answer.parseBody()
        answer.body = Data(#"{"access_token":"t"}"#.utf8)
        #expect(answer.refusal == nil)
        #expect(try WireConventions().tokens(in: answer).accessToken.revealed == "t")
    }
}
