import OAuthDialects

/// The token endpoint.
extension World {
    /// A request leaves for the token endpoint.
    mutating func departure(of method: Operation.Method, _ grant: Grant, _ index: Int) -> Run.Exchange {
        note("    sends \(method.rawValue) \(grant.codeText ?? "")")
        oracle.departs(method, grant, runs[index].history, provider, at: now)
        runs[index].history.exchanges += 1
        runs[index].history.marked = nil
        var fate = weather
        if weather == .changing { fate = ProviderWeather.allCases[Int(random.next() % 11)] }
        if runs[index].hasOldSecret { fate = .refusesClient }
        let takes = slowness * fraction()
        var exchange = Run.Exchange(method: method, grant: grant, sent: moment, fate: fate, takes: takes)
        if happens(oneIn: 2) { process(&exchange) }
        return exchange
    }

    mutating func process(_ task: inout Run.Task) {
        guard var exchange = task.exchange else { return }
        process(&exchange)
        task.exchange = exchange
    }

    /// What the provider makes of it, if it gets that far.
    private mutating func process(_ exchange: inout Run.Exchange) {
        guard exchange.processed == nil, [.fine, .losesAnswers, .malformed, .refusesRefresh].contains(exchange.fate)
        else {
            return
        }
        guard let refresh = exchange.grant.refreshText else {
            exchange.processed = .some(provider.begin(at: now, forPerson: exchange.method == .signIn))
            return
        }
        exchange.processed = .some(exchange.fate == .refusesRefresh ? nil : provider.refresh(refresh, at: now))
    }

    mutating func arrive(_ departed: Run.Task, _ index: Int) -> ExchangeOutcome {
        var task = departed
        process(&task)
        guard let exchange = task.exchange else { return Self.lostOutcome }
        let outcome = outcome(of: exchange)
        note("    \(exchange.fate): \(outcome.summary)")
        if case .tokens(let answer) = outcome {
            let set = answer.set
            let known = Known(set, sent: exchange.sent.now, isSignIn: exchange.method == .signIn)
            runs[index].history.newTokens = known
            if set.refreshToken != nil, let refused = runs[index].history.refused.take() {
                runs[index].history.refusedBefore = refused
            }
            if runs[index].history.isWithoutLock { oracle.unsaved.insert(known.text) }
        }
        if case .refused(_, .discardGrant, _) = outcome, exchange.method == .refresh {
            runs[index].history.refused = exchange.grant.refreshText
        }
        oracle.arrives(outcome, of: exchange, in: runs[index].history, at: now)
        return outcome
    }

    /// What comes for a request that was given up.
    mutating func lateOutcome(of task: Run.Task) -> ExchangeOutcome {
        guard let exchange = task.exchange, let set = exchange.processed ?? nil else { return Self.lostOutcome }
        return .tokens(TokenAnswer(set, sent: exchange.sent))
    }

    private mutating func outcome(of exchange: Run.Exchange) -> ExchangeOutcome {
        if .seconds(exchange.takes) >= scenario.policy.exchangeLimits.timeout { return Self.lostOutcome }
        switch exchange.fate {
        case .fine, .refusesRefresh, .changing:
            guard let set = exchange.processed ?? nil else { return .refused(Self.refused, .discardGrant, until: nil) }
            return .tokens(TokenAnswer(set, sent: exchange.sent))
        case .down:
            return .refused(Self.unavailable, .retryLater, until: nil)
        case .throttled:
            let wish = [0, 1, 5, 20, 120, 2000][Int(random.next() % 6)]
            return .refused(Self.unavailable, .retryLater, until: now + .seconds(wish))
        case .unreachable:
            return .failed(Self.lost, mayHaveArrived: false, isWorthRepeating: true)
        case .losesAnswers, .losesRequests:
            return Self.lostOutcome
        case .malformed:
            return .failed(
                TokenError(.unreadableAnswer, "Malformed."),
                mayHaveArrived: true,
                isWorthRepeating: false
            )
        case .redirects:
            return .invalid(TokenError(.redirected, "A redirect."))
        case .unknownWord:
            return .refused(Self.unknownWord, .unknown, until: nil)
        case .refusesClient:
            return .refused(Self.refused, .fixConfiguration(hint: "Check the secret."), until: nil)
        }
    }

    static let lost = TokenError(.unavailable, "The answer was lost.", isTransient: true)
    static let lostOutcome = ExchangeOutcome.failed(lost, mayHaveArrived: true, isWorthRepeating: true)
    private static let unavailable = TokenError(
        .unavailable,
        "Not now.",
        isTransient: true,
        refusal: Refusal(status: 503)
    )
    private static let unknownWord = TokenError(
        .refused,
        "What?",
        isTransient: true,
        refusal: Refusal(status: 400, code: "server_busy")
    )
    private static let refused = TokenError(.refused, "Refused.", refusal: Refusal(status: 400, code: "no"))
}

extension ExchangeOutcome {
    fileprivate var summary: String {
        switch self {
        case .tokens(let answer):
            "\(answer.set.accessToken.revealed) for \(answer.set.lifetime.map { "\($0)" } ?? "ever"), "
                + (answer.set.refreshToken?.value.revealed ?? "no refresh token")
        case .refused(let error, let remedy, let until):
            "\(error.code), \(remedy)\(until == nil ? "" : ", with a date")"
        case .failed(let error, let mayHaveArrived, _, _): "\(error.code), may have arrived: \(mayHaveArrived)"
        case .invalid(let error): "\(error.code)"
        }
    }
}
