import FleetSupport
import Foundation
import PostgresTokenStore
import Testing

extension OnPostgres {
    struct ExitTests {
        @Test func `A process that exits while its connections are being made does so in order`() async throws {
            let database = try await Database()
            for _ in 0..<10 {
                let worker = try Worker(["exit", database.address.revealed])
                #expect(await worker.line() == "connecting")
                worker.say("exit")
                #expect(await worker.status() == 0)
            }
        }
    }
}
