import OAuthDialects
import Testing

@Test(arguments: [
    (Duration.milliseconds(1_234_500), "1234.500"), (.zero, "0.000"), (.microseconds(1499), "0.001"),
    (.seconds(31_536_000), "31536000.000"), (.microseconds(999_500), "1.000"), (.milliseconds(-5), "-0.005"),
    (.seconds(Int64.max), "9223372036854775807.000"), (.seconds(Int64.min), "-9223372036854775808.000"),
])
func `An event's seconds are read by any program as a number`(duration: Duration, text: String) {
    #expect(SecondsText.of(duration) == text)
    #expect(Double(text) != nil)
}
