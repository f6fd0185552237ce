import Foundation
import OAuthDialects

/// Drives each dialect over real HTTP and says what happens; see `--help`.
@main
struct Quickstart {
    static func main() async {
        let options: Options
        do {
            options = try Options(Array(CommandLine.arguments.dropFirst()))
        } catch {
            Console.fail("\(error)\nTry --help.")
        }
        if options.wantsHelp {
            Console.write(Options.help)
            return
        }
        let isRight = options.isLive ? await Live.run(options.providers) : await Tour.run(options.providers)
        exit(isRight ? 0 : 1)
    }
}
