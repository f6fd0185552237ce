import Foundation
import Testing

/// Reads QR codes in pictures with zbar's `zbarimg`.
enum Barcode {
    /// Whether it is installed; on Debian it comes with `apt-get install zbar-tools`.
    static let isReadable = Program.installed("zbarimg") != nil

    /// The text of the code in a PNG.
    static func text(in picture: Data) async throws -> String {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).png")
        try picture.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let reader = try Program(#require(Program.installed("zbarimg")), ["--quiet", "--raw", "--nodbus", file.path])
        return await reader.end().words.trimmingCharacters(in: .newlines)
    }
}
