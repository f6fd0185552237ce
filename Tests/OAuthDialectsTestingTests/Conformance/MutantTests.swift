import OAuthDialects
import OAuthDialectsTesting
import Testing

/// The kit itself on trial: every mistake in a dialect is caught.
@Suite(.timeLimit(.minutes(3)), .serialized)
struct MutantTests {
    // One after the other and pure for the most part: the sanitizer would find nothing, in ten times the time.
    #if !TSAN
    @Test func `Every mutant of the shipped dialects is caught`() async {
        #expect(Mutant.all.count >= 40)
        for mutant in Mutant.all {
            let (shipped, dialect) = (mutant.shipped, mutant.dialect)
            let failure = await firstFailure(of: dialect, playedBy: shipped.provider, documented: shipped.documented)
            #expect(failure != nil, "\(mutant.name) is not caught")
            print("\(failure == nil ? "MISSED" : "caught")  \(mutant.name)  by  \(failure?.clause ?? "nothing")")
        }
    }

    @Test func `Every mutant of the conventions is caught`() async {
        #expect(HabitMutant.all.count >= 25)
        for mutant in HabitMutant.all {
            let failure = await firstFailure(of: mutant.dialect, playedBy: .speaking(mutant.provider), documented: [])
            #expect(failure != nil, "\(mutant.name) is not caught")
            print("\(failure == nil ? "MISSED" : "caught")  \(mutant.name)  by  \(failure?.name ?? "nothing")")
        }
    }
    #endif

    @Test func `The shipped dialects beneath the same overrides, unchanged, pass`() async {
        for shipped in Shipped.all {
            let report = await shipped.report(of: shipped.dialect.overriding { _ in })
            #expect(report.passes, "\(report)")
        }
    }

    @Test(arguments: LossyWrapper.Member.allCases)
    func `A wrapper that forgets a member is caught, and the member is named`(member: LossyWrapper.Member) async {
        let report = await conformance(of: LossyWrapper(base: OwnDialect(), forgotten: member), timeout: .seconds(5))
        let named = report.failures.filter { $0.name == DialectClause.forwarding.name }.map(\.tried)
        #expect(named.contains { $0.hasPrefix(member.rawValue) }, "\(member): \(named)")
        print("caught  a wrapper that forgets \(member)")
    }

    @Test func `A dialect with every member its own passes, alone and wrapped`() async {
        for dialect in [OwnDialect() as any ProviderDialect, OwnDialect().overriding { _ in }] {
            let report = await conformance(of: dialect)
            #expect(report.passes, "\(report)")
        }
    }
}
