import OAuthDialects

extension World {
    /// A request leaves for the token endpoint.
    mutating func depart(_ rung: Rung, _ token: RefreshToken?, _ index: Int) {
        let refresh = token?.value.revealed
        guard state.isFlying(climbers[index].id) else { return take(.end(nil), climbers[index].id) }
        note("    sends \(rung.rawValue) \(refresh ?? "")")
        oracle.departs(rung, refresh, climbers[index], provider, at: now)
        var fate = weather
        if weather == .changing { fate = ProviderWeather.allCases[Int(random.next() % 10)] }
        if climbers[index].hasOldSecret { fate = .refusesClient }
        let takes = slowness * fraction()
        var exchange = Climber.Exchange(rung: rung, refresh: refresh, sent: moment, fate: fate, takes: takes)
        if random.next() % 2 == 0 { process(&exchange) }
        climbers[index].exchanges += 1
        climbers[index].phase = .air(exchange)
        climbers[index].due = now + min(.seconds(takes), scenario.policy.exchangeLimits.timeout)
    }

    /// What the provider makes of it, if it gets that far.
    private mutating func process(_ exchange: inout Climber.Exchange) {
        guard exchange.processed == nil, [.fine, .losesAnswers, .malformed, .refusesRefresh].contains(exchange.fate)
        else {
            return
        }
        guard let refresh = exchange.refresh else {
            exchange.processed = .some(provider.begin(at: now, forPerson: exchange.rung == .signIn))
            return
        }
        exchange.processed = .some(exchange.fate == .refusesRefresh ? nil : provider.refresh(refresh, at: now))
    }

    mutating func arrive(_ departed: Climber.Exchange, _ index: Int) {
        var exchange = departed
        process(&exchange)
        let (id, rung) = (climbers[index].id, exchange.rung)
        let outcome = outcome(of: exchange)
        note("    \(exchange.fate): \(outcome.summary)")
        if case .tokens(let set, _, _) = outcome {
            climbers[index].arrival = Known(set, sent: exchange.sent.now, isSignIn: rung == .signIn)
        }
        oracle.arrives(outcome, of: exchange, on: climbers[index], at: now)
        take(transition { $0.exchanged(outcome, on: rung, of: id, at: $1, &$2) }, id)
    }

    private mutating func outcome(of exchange: Climber.Exchange) -> ExchangeOutcome {
        if .seconds(exchange.takes) >= scenario.policy.exchangeLimits.timeout {
            return .failed(Self.lost, mayHaveArrived: true, isWorthRepeating: true)
        }
        switch exchange.fate {
        case .fine, .refusesRefresh, .changing:
            guard let set = exchange.processed ?? nil else { return .refused(Self.refused, .discardGrant, until: nil) }
            return .tokens(set, sent: exchange.sent, scopes: [])
        case .down:
            return .refused(Self.unavailable, .retryLater, until: nil)
        case .throttled:
            let wish = [0, 1, 5, 20, 120, 2000][Int(random.next() % 6)]
            return .refused(Self.unavailable, .retryLater, until: now + .seconds(wish))
        case .unreachable:
            return .failed(Self.lost, mayHaveArrived: false, isWorthRepeating: true)
        case .losesAnswers, .losesRequests:
            return .failed(Self.lost, mayHaveArrived: true, isWorthRepeating: true)
        case .malformed:
            return .failed(
                TokenError(.unreadableAnswer, "Malformed."),
                mayHaveArrived: true,
                isWorthRepeating: false
            )
        case .redirects:
            return .invalid(TokenError(.redirected, "A redirect."))
        case .refusesClient:
            return .refused(Self.refused, .fixConfiguration(hint: "Check the secret."), until: nil)
        }
    }

    private static let lost = TokenError(.unavailable, "The answer was lost.", isTransient: true)
    private static let unavailable = TokenError(
        .unavailable,
        "Not now.",
        isTransient: true,
        refusal: Refusal(status: 503)
    )
    private static let refused = TokenError(.refused, "Refused.", refusal: Refusal(status: 400, code: "no"))
}

extension ExchangeOutcome {
    fileprivate var summary: String {
        switch self {
        case .tokens(let set, _, _):
            "\(set.accessToken.revealed) for \(set.lifetime.map { "\($0)" } ?? "ever"), "
                + (set.refreshToken?.value.revealed ?? "no refresh token")
        case .refused(let error, let remedy, let until):
            "\(error.code), \(remedy)\(until == nil ? "" : ", with a date")"
        case .failed(let error, let mayHaveArrived, _): "\(error.code), may have arrived: \(mayHaveArrived)"
        case .invalid(let error): "\(error.code)"
        }
    }
}
