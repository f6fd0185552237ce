/// Every way in which a value can be printed.
enum PrintedForms {
    static func of(_ value: Any) -> [String] {
        var dumped = ""
        dump(value, to: &dumped)
        let children = Mirror(reflecting: value).children.map { "\($0.label ?? "") \($0.value)" }
        return [String(describing: value), String(reflecting: value), dumped] + children
    }
}
