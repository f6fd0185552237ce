import OAuthDialects
import Testing

struct TokenBucketTests {
    @Test func `Waiting as long as the budget asks is always enough`() {
        var bucket = TokenBucket(capacity: 10)
        var now = SessionInstant(nanoseconds: 0)
        for number in 0..<10_000 {
            if bucket.take(at: now, refill: .seconds(10)) {
                now = now + .nanoseconds(number % 7 * 123_456_789)
            } else {
                now = now + bucket.wait(refill: .seconds(10))
                let isFree = bucket.take(at: now, refill: .seconds(10))
                #expect(isFree)
            }
        }
    }
}
