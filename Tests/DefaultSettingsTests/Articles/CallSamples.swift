import Foundation
import OAuthDialects
import OAuthProviders

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

// The code of the article on calls, word for word: `ArticleTests` compares them.

private func calls(_ session: TokenSession, _ url: URL, _ request: URLRequest) async throws {
    let order = try await session.json(Order.self, from: url)
    let invoice = try await session.json(
        Invoice.self,
        for: request,
        body: order
    )
    _ = invoice
}

private func errors(_ session: TokenSession, _ url: URL) async throws {
    do {
        show(try await session.json(Order.self, from: url))
    } catch let error as APIError {
        log("\(error)")
        if error.code == "unknown_order" {
            showNothing()
        } else {
            alert(error.userMessage)
        }
    } catch let error as TokenError {
        log("\(error)")
        if error.action == .signIn {
            askToSignIn()
        } else {
            alert(error.userMessage)
        }
    }
}

private func repeating(_ session: TokenSession, _ url: URL) async throws {
    let order = try await session.json(
        Order.self,
        from: url,
        repeating: RepeatPolicy()
    )
    _ = order
}

private func paying(_ session: TokenSession, _ url: URL, _ payment: Payment) async throws {
    var request = URLRequest(url: url)
    request.httpMethod = "POST"
    request.setValue(payment.id, forHTTPHeaderField: "Idempotency-Key")
    let policy = RepeatPolicy(attempts: 5)
    let receipt = try await session.json(
        Receipt.self,
        for: request,
        body: payment,
        repeating: policy
    )
    _ = receipt
}

struct Order: Codable { let id: Int }

private struct Invoice: Decodable { let id: Int }

private struct Receipt: Decodable { let id: Int }

private struct Payment: Encodable { let id: String }

private func show(_ order: Order) {}
private func showNothing() {}
private func askToSignIn() {}
private func alert(_ text: String) {}
private func log(_ text: String) {}
