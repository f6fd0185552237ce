import OAuthDialects
import Testing

struct SessionInstantTests {
    static let huge: [Duration] = [
        .seconds(Int64.max), .seconds(Int64.max) * 3, .nanoseconds(Int64.max), .seconds(Int64.max) + .seconds(1),
    ]

    @Test(arguments: huge)
    func `Sums stop at the ends of the range, however long the duration`(_ duration: Duration) {
        let instant = SessionInstant(nanoseconds: 5)
        #expect((instant + duration).nanoseconds == .max)
        #expect((instant - .zero - duration) < SessionInstant(nanoseconds: -1_000_000_000))
        #expect((SessionInstant(nanoseconds: -5) + duration * -1).nanoseconds == .min)
        #expect((instant + .nanoseconds(-7)).nanoseconds == -2)
        #expect((instant - .nanoseconds(7)).nanoseconds == -2)
        #expect((instant + .milliseconds(1500)).nanoseconds == 1_500_000_005)
    }

    @Test(arguments: huge)
    func `No patience is too long`(_ patience: Duration) async throws {
        var policy = RenewalPolicy.standard
        policy.exchangeLimits.timeout = patience
        policy.renewalTimeout = patience
        policy.advisoryFraction = .nan
        let rig = Rig(policy: policy)
        #expect(try await rig.session.accessToken(within: patience).value.revealed == "access-1")
        try await rig.session.signIn(with: .clientCredentials())
    }
}
