import OAuthDialects
import Testing

struct RenewalWindowsTests {
    @Test(arguments: [
        (1, 0.5, 0.25, 0.0625), (10, 5, 2.5, 0.625), (600, 60, 30, 5), (3600, 360, 60, 5),
        (5_184_000, 86400, 60, 5), (1_576_799_999, 86400, 60, 5),
    ])
    func `The windows are clamped`(_ lifetime: Int, _ advisory: Double, _ mandatory: Double, _ margin: Double) {
        let start = SessionInstant(nanoseconds: 0)
        let windows = RenewalWindows(lifetime: .seconds(lifetime), from: start, policy: .standard, spread: 0)
        let end = start + .seconds(lifetime)
        #expect(abs((end - windows.renewal) / .seconds(1) - advisory) < 1e-6)
        #expect(abs((end - windows.mandatory) / .seconds(1) - mandatory) < 1e-6)
        #expect(abs((end - windows.end) / .seconds(1) - margin) < 1e-6)
    }

    @Test func `The advisory start is spread over the window's first half and never before it`() {
        let start = SessionInstant(nanoseconds: 0)
        let full = RenewalWindows(lifetime: .seconds(3600), from: start, policy: .standard, spread: 1)
        #expect(full.renewal - start == .seconds(3390))
        #expect(full.renewal < full.mandatory)
    }
}
