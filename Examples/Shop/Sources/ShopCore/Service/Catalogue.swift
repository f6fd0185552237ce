import Foundation
import OAuthDialects

/// The showtimes of today and tomorrow, kept for a while.
///
/// WeTix's catalogue states no prices: a booking session does, so one is begun for each showtime that is shown, once.
actor Catalogue {
    private static let lifetime: TimeInterval = 60
    /// How long it is shown while the cinema can't be asked.
    private static let longestLifetime: TimeInterval = 900
    private static let pause: TimeInterval = 5
    private static let most = 24

    private let cinema: WeTixCinema
    private let clock: any SessionClock
    private var prices: [Showtime.ID: Amount] = [:]
    private var shown: [Showtime] = []
    private var readAt = Date.distantPast
    private var failedAt = Date.distantPast
    private var reading: Task<[Showtime], any Error>?

    init(cinema: WeTixCinema, clock: any SessionClock) {
        self.cinema = cinema
        self.clock = clock
    }

    /// What can be bought; from memory if it was read within the last minute.
    func showtimes() async throws -> [Showtime] {
        let now = clock.date
        let isRecent = now.timeIntervalSince(readAt) < Self.lifetime
        if isRecent || (now.timeIntervalSince(failedAt) < Self.pause && isUsable(at: now)) {
            return shown.filter { $0.startsAt > now }
        }
        do { return try await sharedReading(at: now).value } catch {
            guard isUsable(at: now) else { throw error }
            failedAt = clock.date
            return shown.filter { $0.startsAt > now }
        }
    }

    /// Shared by all who ask meanwhile: one who leaves must not end it for the others.
    private func sharedReading(at now: Date) -> Task<[Showtime], any Error> {
        if let reading { return reading }
        let reading = Task {
            defer { self.reading = nil }
            return try await read(at: now)
        }
        self.reading = reading
        return reading
    }

    /// Takes over the price that a booking session states.
    func showtime(_ showtime: Showtime, costs price: Amount?) -> Showtime {
        guard let price, price != showtime.price else { return showtime }
        prices[showtime.id] = price
        let changed = showtime.priced(price)
        shown = shown.map { $0.id == showtime.id ? changed : $0 }
        return changed
    }

    private func isUsable(at now: Date) -> Bool { now.timeIntervalSince(readAt) < Self.longestLifetime }

    /// A showtime that is shown.
    func showtime(_ id: Showtime.ID) async throws -> Showtime? {
        try await showtimes().first { $0.id == id }
    }

    private func read(at now: Date) async throws -> [Showtime] {
        var screenings: [Showtime.ID: WeTixCinema.Screening] = [:]
        do throws(ProviderFailure) {
            for day in [now, now.addingTimeInterval(86_400)] {
                for screening in try await cinema.screenings(on: day) { screenings[screening.key] = screening }
            }
        } catch {
            throw ShopError(error, provider: "The cinema")
        }
        let coming = screenings.values.filter { $0.startsAt > now }.sorted {
            ($0.startsAt, $0.key) < ($1.startsAt, $1.key)
        }
        let showtimes = try await priced(Array(coming.prefix(Self.most)))
        (shown, readAt) = (showtimes, now)
        return showtimes
    }

    /// The showtimes whose price is known; one that has just sold out is left out.
    private func priced(_ screenings: [WeTixCinema.Screening]) async throws -> [Showtime] {
        let missing = screenings.map(\.key).filter { prices[$0] == nil }
        let found = await Self.prices(of: missing, at: cinema)
        for case (let key, .success(let price?)) in found { prices[key] = price }
        let showtimes = screenings.compactMap { screening in
            prices[screening.key].map { Showtime(screening, price: $0) }
        }
        if showtimes.isEmpty, let failure = found.lazy.compactMap({ $1.failure }).first {
            throw ShopError(failure, provider: "The cinema")
        }
        return showtimes
    }

    private static func prices(
        of keys: [String],
        at cinema: WeTixCinema
    ) async -> [(String, Result<Amount?, ProviderFailure>)] {
        await withTaskGroup(of: (String, Result<Amount?, ProviderFailure>).self) { group in
            for key in keys { group.addTask { (key, await price(of: key, at: cinema)) } }
            var found: [(String, Result<Amount?, ProviderFailure>)] = []
            for await price in group { found.append(price) }
            return found
        }
    }

    private static func price(of key: String, at cinema: WeTixCinema) async -> Result<Amount?, ProviderFailure> {
        do throws(ProviderFailure) { return .success(try await cinema.begin(key).ticket?.price) } catch {
            return .failure(error)
        }
    }
}

extension Result {
    fileprivate var failure: Failure? { if case .failure(let failure) = self { failure } else { nil } }
}

extension Showtime {
    fileprivate func priced(_ price: Amount) -> Self {
        Self(id: id, film: film, details: details, cinema: cinema, hall: hall, startsAt: startsAt, price: price)
    }

    fileprivate init(_ screening: WeTixCinema.Screening, price: Amount) {
        self.init(
            id: screening.key,
            film: screening.film,
            details: screening.genres,
            cinema: screening.cinema,
            hall: screening.hall,
            startsAt: screening.startsAt,
            price: price
        )
    }
}
