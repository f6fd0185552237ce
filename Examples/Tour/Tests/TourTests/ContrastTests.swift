import Foundation
import Testing
import Tour

struct ContrastTests {
    @Test(arguments: Style.allCases)
    func `Each color has a contrast of 4.5 to 1 on black and on white`(style: Style) {
        guard let color = style.color else { return }
        let luminance = Self.luminance(ofEntry: color)
        #expect((luminance + 0.05) / 0.05 >= 4.5, "on black")
        #expect(1.05 / (luminance + 0.05) >= 4.5, "on white")
    }

    @Test func `The formula gives the contrasts that are known`() {
        // Black on white is 21:1; #767676 is the lightest gray that passes on white.
        #expect(1.05 / (Self.luminance(ofEntry: 16) + 0.05) == 21)
        let gray = 1.05 / (Self.luminance(ofEntry: 243) + 0.05)
        #expect(abs(gray - 4.54) < 0.01)
    }

    /// The relative luminance (WCAG 2.2) of an entry of xterm's palette: a cube of colors from 16, grays from 232.
    private static func luminance(ofEntry entry: Int) -> Double {
        let levels = [0, 95, 135, 175, 215, 255]
        let cube = entry - 16
        let gray = 8 + 10 * (entry - 232)
        let color = entry < 232 ? [levels[cube / 36], levels[cube / 6 % 6], levels[cube % 6]] : [gray, gray, gray]
        let linear = color.map { channel in
            let share = Double(channel) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
}
