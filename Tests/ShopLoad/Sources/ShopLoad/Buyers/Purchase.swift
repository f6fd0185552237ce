import Foundation

/// One purchase by one buyer, from the catalogue to the ticket.
struct Purchase {
    /// How a purchase ended.
    enum End: Sendable {
        case booked(after: Duration)
        case failed(String)
        case soldOut
    }

    /// What the buyer does on the payment page the first time.
    enum Habit: Sendable {
        /// Pays, and follows the redirect to the shop.
        case pays
        /// Pays, and never comes back from the payment page.
        case leaves
        /// Lets the payment fail, and pays the second time.
        case fails
        /// Cancels the payment, and pays the second time.
        case cancels
    }

    private static let pause = Duration.seconds(1)
    private static let patience = 45
    private static let presses = 12

    private var visitor: Visitor
    private var random: SeededNumbers
    private let habit: Habit
    private let figures: Figures
    private(set) var order: String?
    private(set) var standing = "choosing"

    init(at shop: URL, _ habit: Habit, _ random: SeededNumbers, _ figures: Figures) {
        visitor = Visitor(at: shop, figures)
        (self.habit, self.random, self.figures) = (habit, random, figures)
    }

    /// Buys one ticket.
    ///
    /// - Throws: `CancellationError` if the purchase is still going on when its task is cancelled.
    mutating func run() async throws -> End {
        let start = ContinuousClock.now
        do {
            guard let path = try await holdSeat() else { return .soldOut }
            figures.note(order: String(path.dropFirst("/orders/".count)))
            order = path
            try await pay(path)
            if let failure = try await failure(path) { return .failed(failure) }
            return .booked(after: .now - start)
        } catch let failure as Visitor.Failure {
            try Task.checkCancellation()
            return .failed(failure.kind)
        }
    }

    // MARK: Seats

    /// - Returns: the order's path; `nil` if every seat is gone.
    private mutating func holdSeat() async throws -> String? {
        for _ in 0..<Self.presses {
            let catalogue = try await page("/", as: "catalogue")
            let links = Markup.tags("a", in: catalogue.text).compactMap { $0["href"] }
            let showtimes = links.filter { $0.hasPrefix("/showtimes/") }
            guard let showtime = showtimes.randomElement(using: &random) else {
                throw Visitor.Failure(kind: "no showtimes")
            }
            let plan = try await page(showtime, as: "seats")
            let inputs = Markup.tags("input", in: plan.text)
            let seats = inputs.filter { $0["name"] == "seat" && $0["disabled"] == nil }.compactMap { $0["value"] }
            guard let seat = seats.randomElement(using: &random) else { continue }
            var fields = [("seat", seat), ("email", "buyer@example.com")]
            for input in inputs where input["type"] == "hidden" {
                fields.append((input["name"] ?? "", input["value"] ?? ""))
            }
            let answer = try await visitor.post("/orders", fields, as: "order")
            if answer.status == 303, let location = answer.location, let path = visitor.path(of: location) {
                return path
            }
            // Another buyer was faster, or the cinema did not answer: the buyer begins again.
            figures.note(detour: "HTTP \(answer.status) at order")
            if answer.status != 409 { try await Task.sleep(for: Self.pause) }
        }
        throw Visitor.Failure(kind: "gave up at order")
    }

    /// A page of the shop, again while the shop says that a provider can't be reached.
    private mutating func page(_ path: String, as step: String) async throws -> Visitor.Page {
        for _ in 0..<Self.patience {
            let page = try await visitor.get(path, as: step)
            if page.status == 200 { return page }
            guard page.status == 503 else { throw Visitor.Failure(kind: "HTTP \(page.status) at \(step)") }
            figures.note(detour: "HTTP 503 at \(step)")
            try await Task.sleep(for: Self.pause)
        }
        throw Visitor.Failure(kind: "gave up at \(step)")
    }

    // MARK: Payment

    /// Presses Pay until the payment page has been used, or nothing is to be paid any more.
    private mutating func pay(_ path: String) async throws {
        var visits = 0
        for _ in 0..<Self.presses {
            let answer = try await visitor.post("\(path)/pay", as: "pay")
            guard answer.status == 303, let target = answer.location else {
                guard answer.status == 503 else { throw Visitor.Failure(kind: "HTTP \(answer.status) at pay") }
                figures.note(detour: "HTTP 503 at pay")
                try await Task.sleep(for: Self.pause)
                continue
            }
            guard visitor.path(of: target) == nil else {
                // The payment page is not known yet; the order's page says when it is.
                if try await wait(path, until: { $0.canPay || $0.isDone }).isDone { return }
                continue
            }
            visits += 1
            if try await isPaid(at: target, isFirst: visits == 1) { return }
            // The shop asks the payment provider what became of it before it offers another attempt.
            if try await wait(path, until: { $0.isHeld || $0.isDone }).isDone { return }
        }
        throw Visitor.Failure(kind: "gave up at pay")
    }

    /// - Returns: whether the payment went through.
    private mutating func isPaid(at page: URL, isFirst: Bool) async throws -> Bool {
        let habit = isFirst ? habit : .pays
        let decision = habit == .fails ? "fail" : habit == .cancels ? "cancel" : "pay"
        let answer = try await visitor.post(to: page, [("decision", decision)], as: "payment page")
        guard let back = answer.location, let path = visitor.path(of: back) else {
            throw Visitor.Failure(kind: "HTTP \(answer.status) at the payment page")
        }
        let isPaid = back.query()?.contains("status=SUCCESS") == true
        if habit != .leaves { _ = try await visitor.get(path, as: "back from payment") }
        return isPaid
    }

    // MARK: Ticket

    /// - Returns: why there is no ticket; `nil` if there is one.
    private mutating func failure(_ path: String) async throws -> String? {
        let state = try await wait(path) { $0.isDone }
        return state.isBooked ? nil : "order: \(state.title)"
    }

    /// Follows the order's events until a condition holds.
    private mutating func wait(_ path: String, until isMet: (OrderState) -> Bool) async throws -> OrderState {
        for _ in 0..<Self.patience {
            let events = try await visitor.events("\(path)/events")
            do {
                for try await fragment in events {
                    let state = OrderState(fragment)
                    standing = state.title
                    if isMet(state) { return state }
                }
            } catch {
                try Task.checkCancellation()
            }
            figures.note(detour: "events ended early")
        }
        throw Visitor.Failure(kind: "events ended too often")
    }
}
