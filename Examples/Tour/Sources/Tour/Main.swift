import Foundation

/// Leads a session of each dialect through the life of its tokens, over real HTTP; see `--help`.
@main
struct Main {
    static func main() async {
        let options: Options
        do {
            options = try Options(Array(CommandLine.arguments.dropFirst()))
        } catch {
            Console.fail("\(error)\nTry --help.")
        }
        let console = Console()
        if options.wantsHelp {
            for line in Options.help.split(separator: "\n", omittingEmptySubsequences: false) {
                console.write(String(line))
            }
            return
        }
        let isRight = options.isLive ? await Live.run(options, console) : await Tour.run(options, console)
        exit(isRight ? 0 : 1)
    }
}
