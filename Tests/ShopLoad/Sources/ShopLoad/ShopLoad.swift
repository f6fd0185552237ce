import Foundation

/// Many buyers at the shop while its providers fail: prints figures, and fails if money or tokens are not as they have to be.
@main
struct ShopLoad {
    static func main() async {
        do {
            let program = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
            let words = Array(CommandLine.arguments.dropFirst())
            guard !words.contains("--help") else { return print(LoadOptions.usage) }
            let verdict = try await LoadRun(LoadOptions(words, beside: program)).run()
            for line in verdict.lines { print(line) }
            for fault in verdict.faults { print("FAILED: \(fault)") }
            exit(verdict.faults.isEmpty ? 0 : 1)
        } catch let misuse as LoadOptions.Misuse {
            print("\(misuse)\n\(LoadOptions.usage)")
            exit(2)
        } catch {
            print("FAILED: \(error)")
            exit(1)
        }
    }
}
