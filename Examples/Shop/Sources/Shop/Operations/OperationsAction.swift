/// What a button of the operations page does to a sandbox.
enum OperationsAction: String {
    case revoke
    case endSignIns = "end-sign-in"
    case rotate
    case takeDown = "take-down"
    case bringUp = "bring-up"

    func perform(on name: String, _ sandboxes: any SandboxControls) throws {
        switch self {
        case .revoke: sandboxes.revokeAccessTokens(name)
        case .endSignIns: sandboxes.endSignIns(name)
        case .rotate: try sandboxes.rotateSecret(name)
        case .takeDown: sandboxes.setDown(true, name)
        case .bringUp: sandboxes.setDown(false, name)
        }
    }
}
