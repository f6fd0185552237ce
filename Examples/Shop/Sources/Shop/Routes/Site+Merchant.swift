import Hummingbird
import OAuthDialects
import ShopCore

extension Site {
    func addMerchant(to routes: RouterGroup<WebContext>) {
        routes.get("/merchant") { request, context in
            let accounts = try await accounts()
            let isTikiConnected = accounts.contains { $0.name == "tiki" && $0.isConnected }
            let orders = isTikiConnected ? await recentOrders() : nil
            let view = MerchantView(accounts, orders, notice: notice(in: request))
            return pages.response("merchant", view, Pages.Frame(title: "Merchant", section: "merchant"), context)
        }
        routes.post("/disconnect/:provider") { _, context in
            let connection = try connection(context)
            do {
                try await connection.session().signOut(revoking: true)
                return Response.redirect(to: Self.path(connection, .disconnected))
            } catch let error as TokenError {
                context.logger.warning("Sign-out failed", metadata: ["cause": "\(error)"])
                // The session is signed out all the same, and goes on trying.
                return Response.redirect(to: Self.path(connection, .disconnectedHere))
            }
        }
    }

    func connection(_ context: WebContext) throws -> Connection {
        let name = try context.parameters.require("provider")
        guard let connection = connections.first(where: { $0.name == name }) else { throw HTTPError(.notFound) }
        return connection
    }

    static func path(_ connection: Connection, _ notice: MerchantNotice) -> String {
        "/merchant?\(connection.name.pathComponent)=\(notice.rawValue)"
    }

    private func accounts() async throws -> [MerchantView.Account] {
        var accounts: [MerchantView.Account] = []
        for connection in connections {
            let session = try connection.session()
            // A session that nobody has used yet has not looked into its store.
            if session.status.standing == .noToken { _ = try? await session.accessToken(within: .seconds(2)) }
            accounts.append(MerchantView.Account(connection, session.status))
        }
        return accounts
    }

    private func recentOrders() async -> Result<[MerchantOrder], Problem> {
        do {
            return .success(try await merchantOrders())
        } catch let error as ShopError where error.kind == .notConnected {
            return .failure(.later("Tiki asks for a new sign-in. Connect the account again to see its orders."))
        } catch { return .failure(.later("Tiki’s orders can’t be loaded right now.")) }
    }

    private func notice(in request: Request) -> MerchantView.Notice? {
        for connection in connections {
            if let word = request.uri.queryParameters[connection.name[...]],
                let notice = MerchantNotice(rawValue: String(word))
            {
                return MerchantView.Notice(text: notice.text(connection.title), tone: notice.tone)
            }
        }
        return nil
    }
}
