import Foundation
import OAuthDialects
import Synchronization

extension Shop {
    public func changes(of id: Order.ID) -> AsyncStream<Order> {
        let seen = Mutex(0)
        return AsyncStream {
            guard let order = await self.next(id, after: seen.withLock { $0 }, until: nil) else { return nil }
            seen.withLock { $0 = order.version }
            return order
        }
    }

    /// The order as soon as it is newer than a version: this process says so, and for another process's change it looks each second.
    ///
    /// - Returns: the order; `nil` if there is none, at the end of the time, or if the task is cancelled.
    func next(_ id: Order.ID, after version: Int, until end: SessionInstant?) async -> Order? {
        while !Task.isCancelled {
            let watch = board.watch(id)
            defer { board.end(watch) }
            do {
                guard let order = try await store.order(id) else { return nil }
                if order.version > version { return order }
            } catch {
                // A store that fails now may answer at the next look.
            }
            if let end, clock.now >= end { return nil }
            await firstChange(
                of: watch,
                until: min(clock.instant(in: .seconds(1)), end ?? clock.instant(in: .seconds(1)))
            )
        }
        return nil
    }

    private func firstChange(of watch: OrderBoard.Watch, until end: SessionInstant) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in watch.changes { return } }
            group.addTask { [clock] in try? await clock.sleep(until: end) }
            await group.next()
            group.cancelAll()
        }
    }
}
