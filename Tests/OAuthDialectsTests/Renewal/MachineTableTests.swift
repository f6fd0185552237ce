import OAuthDialects
import Testing

/// One decision of the machine: what happened before, the event, and what is decided.
struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let isClient: Bool
    let rotation: WireConventions.Rotation
    let isGated: Bool
    let given: [MachineInput]
    let event: MachineInput
    let decision: [String]

    init(
        _ sentence: String,
        user: Bool = false,
        rotation: WireConventions.Rotation = .rotates,
        gated: Bool = false,
        given: [MachineInput] = [],
        when event: MachineInput,
        then decision: [String]
    ) {
        testDescription = sentence
        isClient = !user
        self.rotation = rotation
        isGated = gated
        self.given = given
        self.event = event
        self.decision = decision
    }
}

/// The machine alone: state, as the events that led to it, event, and decision.
@Suite(.timeLimit(.minutes(5)))
struct MachineTableTests {
    @Test(arguments: MachineTable.rows)
    func `An event in a state leads to a decision`(_ row: Row) {
        var rig = MachineRig(isClient: row.isClient, rotation: row.rotation, isGated: row.isGated)
        for input in row.given { rig.send(input) }
        rig.send(row.event)
        #expect(rig.decision == row.decision)
    }
}

/// The rows, by what they are about.
enum MachineTable {
    static let rows = callers + renewals + failures + interruptions + trouble + pauses + endings
}
