import Dispatch
import Foundation
import OAuthDialects

/// Does one kind of work a number of times, for a tool that counts instructions or allocations: N against 2 N is what one costs.
///
/// `Instructions current|access|contended|data|answer|session N`. Its `main` is synchronous, because callgrind falls over an asynchronous one.
@main
enum Instructions {
    static func main() {
        let words = CommandLine.arguments
        guard words.count == 3, let work = Work(rawValue: words[1]), let count = Int(words[2]) else {
            print("usage: Instructions \(Work.allCases.map(\.rawValue).joined(separator: "|")) N")
            exit(2)
        }
        let isDone = DispatchSemaphore(value: 0)
        Task.detached {
            do { try await work.run(count) } catch { fail(error) }
            isDone.signal()
        }
        isDone.wait()
        exit(0)
    }

    private static func fail(_ error: any Error) -> Never {
        print(error)
        exit(1)
    }
}
