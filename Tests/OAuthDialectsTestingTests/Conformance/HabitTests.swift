import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// What providers commonly do otherwise is data, and no fault.
@Suite(.timeLimit(.minutes(3)))
struct HabitTests {
    @Test(arguments: Habit.all)
    func `A dialect of data passes the kit without an excuse`(habit: Habit) async {
        let report = await conformance(of: habit)
        #expect(report.passes, "\(report)")
        #expect(!report.ownMembers.contains("request(for:)") && report.defaultMembers.contains("tokens(in:for:)"))
    }

    @Test(arguments: [Habit.getRequests, .ownQuery])
    func `It passes beneath overrides as well`(habit: Habit) async {
        let report = await conformance(of: habit.overriding { _ in })
        #expect(report.passes, "\(report)")
    }
}
