import Foundation
import Readers

/// Reads every file of the folders that are given as `reader=folder`, under whatever sanitizer it was built with.
@main
struct Replay {
    static func main() throws {
        var count = 0
        for argument in CommandLine.arguments.dropFirst() {
            let halves = argument.split(separator: "=", maxSplits: 1).map(String.init)
            guard halves.count == 2, let reader = Reader(rawValue: halves[0]) else {
                FileHandle.standardError.write(Data("No reader and folder: \(argument)\n".utf8))
                exit(2)
            }
            let folder = URL(filePath: halves[1], directoryHint: .isDirectory)
            for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
                reader.read(try Data(contentsOf: file))
                count += 1
            }
        }
        print("\(count) inputs read")
        if count == 0 { exit(1) }
    }
}
