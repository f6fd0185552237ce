/// The name of a setting in its two spellings: `apiHosts` in code and JSON, `API_HOSTS` in the environment.
enum SettingName {
    /// `apiHosts` as `API_HOSTS`, `clientID` as `CLIENT_ID`.
    static func variable(_ setting: String) -> String {
        var text = ""
        for (index, letter) in setting.enumerated() {
            let before = index > 0 ? setting[setting.index(setting.startIndex, offsetBy: index - 1)] : letter
            if letter.isUppercase, before.isLowercase || before.isNumber { text += "_" }
            text += letter.uppercased()
        }
        return text
    }

    /// `revenue-monster` as `REVENUE_MONSTER`.
    static func prefix(_ provider: String) -> String {
        provider.uppercased().replacing("-", with: "_")
    }

    /// Whether a text may name a provider: it is part of names of variables.
    static func isProvider(_ name: String) -> Bool {
        let isMadeOf = name.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
        return isMadeOf && name.utf8.first.map { (0x61...0x7A).contains($0) } == true && name.utf8.last != 0x2D
    }

    static let providerRule = "lowercase ASCII letters, digits, and hyphens, from a letter"
}
