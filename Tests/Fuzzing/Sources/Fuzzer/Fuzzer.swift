import Foundation
import Readers

/// The reader that the environment names; libFuzzer takes no words of its own on the command line.
private let reader: Reader = {
    let name = ProcessInfo.processInfo.environment["FUZZ_READER"] ?? ""
    guard let reader = Reader(rawValue: name) else {
        let names = Reader.allCases.map(\.rawValue).joined(separator: ", ")
        FileHandle.standardError.write(Data("Set FUZZ_READER to one of: \(names)\n".utf8))
        exit(2)
    }
    return reader
}()

/// What libFuzzer calls with every input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    reader.read(Data(UnsafeBufferPointer(start: start, count: count)))
    return 0
}
