import Foundation
import OAuthDialects
import ShopSandboxes
import Testing

@Suite(.timeLimit(.minutes(5)))
struct RefundTests {
    private func refund(
        _ rig: Rig,
        _ session: TokenSession,
        _ id: String,
        amount: Int = 3600,
        type: String = "FULL"
    ) async throws -> Reading {
        let body = """
            {"transactionId":"\(id)","refund":{"type":"\(type)","currencyType":"MYR","amount":\(amount)},"reason":"No ticket"}
            """
        return try await session.ask("POST", rig.payment("refund"), body)
    }

    @Test func `A payment is refunded once, and whole`() async throws {
        try await Rig.run { rig in
            let session = try rig.merchant()
            try await rig.press("pay", rig.open("order-1", session).page)
            let id = try #require(rig.sandboxes.payments().first?.transactionID)
            #expect(try await refund(rig, session, "1").code == "TRANSACTION_NOT_FOUND")
            #expect(try await refund(rig, session, id, type: "PARTIAL").code == "VALIDATION_ERROR")
            #expect(try await refund(rig, session, id, amount: 100).code == "REFUND_AMT_NOT_SAME_AS_TRANSACTION")
            let done = try await refund(rig, session, id)
            #expect(done["item.status"] == "FULL_REFUNDED" && done["item.balanceAmount"] == "0")
            #expect(try await refund(rig, session, id).code == "PAYMENT_FULLY_REFUNDED")
            #expect(rig.sandboxes.payments().map(\.status) == ["FULL_REFUNDED"])
        }
    }

    @Test func `A payment that failed can't be refunded`() async throws {
        try await Rig.run { rig in
            let session = try rig.merchant()
            try await rig.press("fail", rig.open("order-2", session).page)
            let id = try #require(rig.sandboxes.payments().first?.transactionID)
            #expect(try await refund(rig, session, id).code == "REFUND_FAILURE")
        }
    }
}
