import Foundation
import OAuthDialects

/// A machine that rows are sent to, and its last decision as text.
struct MachineRig {
    static let start = Moment(now: SessionInstant(nanoseconds: 0), date: Date(timeIntervalSince1970: 1_767_225_600))

    private var machine: SessionMachine
    private var seconds = 0.0
    private var steps: [SessionMachine.Step] = []
    private(set) var decision: [String] = []
    private var lastAnswer: AccessToken?
    private var firstRejected: AccessToken?
    private var lastRejected: AccessToken?

    init(isClient: Bool, rotation: WireConventions.Rotation, isGated: Bool = false) {
        machine = SessionMachine(
            policy: SharedPolicy(.standard),
            isClient: isClient,
            rotation: rotation,
            isGated: isGated,
            seed: 1
        )
    }

    private var moment: Moment {
        Moment(now: Self.start.now + .seconds(seconds), date: Self.start.date.addingTimeInterval(seconds))
    }

    mutating func send(_ input: MachineInput) {
        switch input {
        case .asks(let id, let timeout): handle(.tokenRequested(by: id, timeout: .seconds(timeout)))
        case .wantsRenewal(let id): handle(.renewalRequested(by: id))
        case .signsIn(let id, let grant): handle(.signInRequested(by: id, grant))
        case .signsOut(let id, let isRevoking): handle(.signOutRequested(by: id, revoking: isRevoking))
        case .leaves(let id): handle(.callerLeft(id))
        case .rejected(let id):
            guard let token = machine.workingToken(at: moment.now) else { return }
            (firstRejected, lastRejected) = (firstRejected ?? token, token)
            handle(.tokenRejected(token, by: id, timeout: .seconds(10)))
        case .rejectedAgain: rejectAgain(of: lastRejected)
        case .rejectedLate: rejectAgain(of: firstRejected)
        case .accepted: if let token = machine.workingToken(at: moment.now) { handle(.tokenAccepted(token)) }
        case .acceptedLast: if let lastAnswer { handle(.tokenAccepted(lastAnswer)) }
        case .asksForRequest(let id): handle(.tokenRequested(by: id, timeout: .seconds(10), isForRequest: true))
        case .upkeep: handle(.upkeepDue)
        case .timer: handle(.timerFired)
        case .ends(let result): if let step = steps.last { handle(.stepEnded(step.id, result)) }
        case .finds(let standing, let isLocked):
            var record = steps.compactMap(\.stage.record).last
            record?.refreshStanding = standing
            send(isLocked ? .locked(record) : .read(record))
        case .endsLate(let result): if let step = steps.dropLast().last { handle(.stepEnded(step.id, result)) }
        case .abandoned: if let step = steps.last { handle(.stepAbandoned(step.id)) }
        case .passes(let seconds): self.seconds += seconds
        case .all(let inputs): for input in inputs { send(input) }
        }
    }

    private mutating func rejectAgain(of before: AccessToken?) {
        guard let token = machine.workingToken(at: moment.now), let before else { return }
        handle(.replacementRejected(token, of: before))
    }

    private mutating func handle(_ event: SessionMachine.Event) {
        let decided = machine.handle(event, at: moment)
        steps += decided.steps
        for answer in decided.answers {
            if case .success(.token(let token)) = answer.result { lastAnswer = token }
        }
        var lines: [String] = []
        if decided.cancelled != nil { lines.append("cancel the step") }
        lines += decided.steps.map { Self.text(of: $0.stage) }
        lines += decided.answers.map { "answer \($0.waiter): \(Self.text(of: $0.result))" }
        lines += decided.occurrences.map { "report \(Self.text(of: $0))" }
        if let wakeAt = decided.wakeAt {
            let wait = (wakeAt - moment.now) / .seconds(1)
            let tenths = (wait * 10).rounded()
            let isRound = abs(wait * 10 - tenths) < 1e-6
            lines.append(isRound ? "wake in \(Self.text(of: tenths)) s" : "wake later")
        }
        decision = lines
    }

    private static func text(of occurrence: Occurrence) -> String {
        switch occurrence {
        case .renewalFailed(_, _, .expected), .signInRequired(_, .expected): "\(caseName(occurrence)), as expected"
        default: caseName(occurrence)
        }
    }

    private static func text(of tenths: Double) -> String {
        tenths.truncatingRemainder(dividingBy: 10) == 0 ? "\(Int(tenths / 10))" : "\(tenths / 10)"
    }

    private static func text(of stage: OAuthDialects.Operation.Stage) -> String {
        switch stage {
        case .loadingCredentials: "load credentials"
        case .reading: "read the store"
        case .locking: "lock the store"
        case .savingEarlier(let record): "save the earlier \(text(of: record))"
        case .marking(let token, let record): "mark \(token.value.revealed) as \(record.refreshStanding)"
        case .makingGrant: "make a grant"
        case .exchanging(let method, let grant): "\(method.rawValue) with \(text(of: grant))"
        case .reloadingCredentials: "reload credentials"
        case .saving(let newTokens): "save \(text(of: newTokens.stored))"
        case .waiting: "wait"
        case .savingTombstone: "save a tombstone"
        case .revoking(let tokens):
            "revoke \((tokens?.refreshToken?.value ?? tokens?.accessToken)?.revealed ?? "nothing")"
        case .finishing(let record?): "finish, saving \(text(of: record))"
        case .finishing(nil): "finish"
        }
    }

    private static func text(of record: TokenRecord) -> String {
        let refresh = record.refreshToken.map { ", \($0.value.revealed) \(record.refreshStanding)" } ?? ""
        return (record.accessToken?.revealed ?? "tombstone") + refresh
    }

    private static func text(of grant: Grant) -> String {
        switch grant {
        case .refreshToken(let token, _): token.value.revealed
        case .authorizationCode(let code, _, _): code.revealed
        default: grant.type
        }
    }

    private static func text(of result: Result<SessionMachine.Decision.Answer, TokenError>) -> String {
        switch result {
        case .success(.token(let token)): token.value.revealed
        case .success(.signedOut(let result)): "signed out, \(result)"
        case .failure(let error): "\(error.code)"
        }
    }
}
