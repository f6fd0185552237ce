import Foundation
import OAuthDialects

extension Shop {
    public func run() async {
        guard queue.open() else { return }
        // Not cancelled with this task: what has begun is ended, and then this function returns.
        let workers = Task { await work() }
        await withTaskCancellationHandler {
            await lookByTimer()
            queue.close()
            await workers.value
        } onCancel: {
            queue.close()
        }
    }

    private func work() async {
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<settings.concurrency {
                group.addTask {
                    while let work = await self.queue.next() {
                        switch work {
                        case .order(let id): await self.workOn(id)
                        case .job(let job): await job()
                        }
                    }
                }
            }
        }
    }

    private func lookByTimer() async {
        var isStoreDown = false
        while !Task.isCancelled {
            let now = clock.date
            do {
                for order in try await store.due(at: now, limit: 64) where order.claim.map({ $0.until <= now }) ?? true
                {
                    _ = queue.submit(.order(order.id))
                }
                isStoreDown = false
            } catch {
                if !isStoreDown, !Task.isCancelled { alert("The store of orders can't be read.") }
                isStoreDown = true
            }
            await clock.pause(for: settings.timer)
        }
    }

    /// Has an order looked at now: by ``run()``, or by this task if that is not running.
    ///
    /// - Returns: whether another task looks at it.
    @discardableResult
    func look(at id: Order.ID) async -> Bool {
        if queue.submit(.order(id), isUrgent: true) { return true }
        return await !workOn(id)
    }

    /// Runs a job to its end, even if this task is cancelled while ``run()`` is running.
    func owned<Value: Sendable>(_ job: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let (stream, continuation) = AsyncThrowingStream<Value, any Error>.makeStream()
        let isTaken = queue.submit(
            .job {
                do {
                    continuation.yield(try await job())
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            },
            isUrgent: true
        )
        guard isTaken else { return try await job() }
        for try await value in stream { return value }
        throw CancellationError()
    }

    /// Works on an order, unless another task of this process does, which then looks again.
    ///
    /// - Returns: whether it did.
    @discardableResult
    private func workOn(_ id: Order.ID) async -> Bool {
        guard queue.begin(id) else { return false }
        repeat {
            do { try await follow(id) } catch { alert("Order \(id) could not be read or stored.") }
        } while queue.mustGoOn(id)
        return true
    }

    /// Performs an order's steps until none is due, or another process has the claim.
    private func follow(_ id: Order.ID) async throws {
        var turn = try await change(id) { self.nextStep(of: &$0) }
        while let order = turn?.order, let step = turn?.value {
            let fact = await perform(step, of: order)
            let (alerts, next) = try await keep(fact, of: step, in: id)
            for text in alerts { alert(text) }
            turn = next
        }
    }

    /// Stores what a step brought, and again if the store fails: nobody else knows it.
    private func keep(
        _ fact: OrderFact,
        of step: OrderStep,
        in id: Order.ID
    ) async throws -> (alerts: [String], next: (order: Order, value: OrderStep?)?) {
        for _ in 0..<3 {
            if let kept = try? await change(id, { self.take(fact, of: step, in: &$0) }) {
                return (kept.value.alerts, (kept.order, kept.value.next))
            }
            await clock.pause(for: .seconds(1))
        }
        guard let kept = try await change(id, { self.take(fact, of: step, in: &$0) }) else { return ([], nil) }
        return (kept.value.alerts, (kept.order, kept.value.next))
    }

    private func take(
        _ fact: OrderFact,
        of step: OrderStep,
        in order: inout Order
    ) -> (alerts: [String], next: OrderStep?) {
        let (claim, due) = (order.claim, order.dueAt)
        let alerts = machine.take(fact, of: step, in: &order, at: clock.date)
        // Another process has taken over: it learns the fact, and goes on by itself.
        guard claim?.owner == name else {
            order.dueAt = min(due, order.dueAt)
            return (alerts, nil)
        }
        return (alerts, nextStep(of: &order))
    }

    /// The order's next step, for which this process claims it; `nil` without one, and then the claim ends.
    private func nextStep(of order: inout Order) -> OrderStep? {
        let now = clock.date
        if let claim = order.claim, claim.owner != name, claim.until > now { return nil }
        let step = machine.next(&order, at: now)
        guard step != nil else {
            order.claim = nil
            return nil
        }
        let until = now.addingTimeInterval(settings.claimLifetime.seconds)
        order.claim = Order.Claim(owner: name, until: until)
        // If this process ends here, the timer of another one takes over.
        order.dueAt = until
        return step
    }
}
