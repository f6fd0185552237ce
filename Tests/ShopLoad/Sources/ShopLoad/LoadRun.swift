import Foundation
import OAuthDialectsTesting
import ShopCore
import ShopSandboxes

/// A run: sandboxes in this process, the shop in another, and buyers in between.
struct LoadRun {
    private static let password = "popcorn"

    let options: LoadOptions
    private let figures = Figures()
    private let memory = MemoryLog()

    init(_ options: LoadOptions) { self.options = options }

    /// Runs everything, and says what it has shown.
    func run() async throws -> Verdict {
        let folder = FileManager.default.temporaryDirectory.appending(path: "shop-load-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var settings = Sandboxes.Settings()
        settings.folder = folder
        settings.tokenLifetime = .seconds(options.tokenLifetime)
        settings.limitsLookups = options.limitsLookups
        let sandboxes = try await Sandboxes.start(settings) { KopiDialect(root: $0) }
        do {
            let verdict = try await run(sandboxes, in: folder)
            await sandboxes.stop()
            return verdict
        } catch {
            await sandboxes.stop()
            throw error
        }
    }

    private func run(_ sandboxes: Sandboxes, in folder: URL) async throws -> Verdict {
        let data = folder.appending(path: "data")
        let variables = [
            "SHOP_PORT": "0", "SHOP_FOLDER": data.path, "SHOP_SANDBOXES": sandboxes.directoryFile.path,
            "SHOP_STAFF_PASSWORD": Self.password,
        ]
        let start = ContinuousClock.now
        let shop = try await ShopProcess(options.shop, in: folder, variables)
        let tokens = TokenWatch(sandboxes)
        let merchant = MerchantWatch(at: shop.url, password: Self.password)
        try await merchant.connect()
        for (index, name) in sandboxes.names.enumerated() {
            sandboxes.follow(.rate(options.faults, seed: options.seed + UInt64(index)), name)
        }
        await withTaskGroup { group in
            group.addTask { await tokens.run() }
            group.addTask { await memory.run(shop) }
            group.addTask { await merchant.run() }
            await buy(at: shop.url, sandboxes)
            group.cancelAll()
        }
        let elapsed = ContinuousClock.now - start
        var verdict = Verdict()
        verdict.judge(figures, merchant: merchant)
        for name in sandboxes.names {
            let (faults, signIns) = (tokens.faults(name), merchant.reconnections(of: name))
            let lifetime = Duration.seconds(options.tokenLifetime)
            let bound = TokenBound.requests(in: elapsed, lifetime: lifetime, extra: faults + signIns)
            let requests = sandboxes.counters(name).tokenRequests
            verdict.judge(name, requests: requests, faults: faults, signIns: signIns, bound: bound)
        }
        verdict.judge(memory, orders: figures.orders.count)
        verdict.judge(exit: await shop.stop())
        if let file = options.log { try Data(contentsOf: folder.appending(path: "log")).write(to: file) }
        let store = try FileShopStore(folder: data.appending(path: "orders"))
        let payments = sandboxes.payments()
        verdict.judge(try await MoneyAudit(orders: figures.orders, in: store, payments), payments)
        return verdict
    }

    /// Buyers begin purchases until the time is over; those under way may go on for a while.
    private func buy(at shop: URL, _ sandboxes: Sandboxes) async {
        let deadline = ContinuousClock.now + .seconds(options.seconds)
        let end = deadline + .seconds(options.settle)
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<options.buyers {
                group.addTask {
                    await buyer(number, at: shop, until: deadline)
                    return true
                }
            }
            group.addTask {
                try? await Task.sleep(until: deadline)
                for name in sandboxes.names { sandboxes.recover(name) }
                try? await Task.sleep(until: end)
                return false
            }
            var left = options.buyers
            for await isBuyer in group {
                if isBuyer { left -= 1 }
                if left == 0 || !isBuyer { break }
            }
            group.cancelAll()
        }
    }

    private func buyer(_ number: Int, at shop: URL, until deadline: ContinuousClock.Instant) async {
        var random = SeededNumbers(seed: options.seed &* 1_000_003 &+ UInt64(number))
        while ContinuousClock.now < deadline, !Task.isCancelled {
            let draw = Int.random(in: 0..<100, using: &random)
            let habit: Purchase.Habit = draw < 4 ? .fails : draw < 8 ? .cancels : draw < 20 ? .leaves : .pays
            var purchase = Purchase(at: shop, habit, SeededNumbers(seed: random.next()), figures)
            do {
                switch try await purchase.run() {
                case .booked(let time): figures.noteTicket(after: time)
                case .failed(let kind): figures.note(failure: kind)
                case .soldOut: return
                }
            } catch {
                figures.note(unsettled: purchase.standing)
            }
        }
    }
}
