/// What the operations page can do to the providers that run in this process.
package protocol SandboxControls: Sendable {
    /// The providers' names.
    var names: [String] { get }
    /// Whether a provider answers nothing.
    func isDown(_ name: String) -> Bool
    /// Takes a provider down, or brings it up.
    func setDown(_ isDown: Bool, _ name: String)
    /// Makes a provider reject the access tokens that it issued.
    func revokeAccessTokens(_ name: String)
    /// Makes a provider refuse the refresh tokens too.
    func endSignIns(_ name: String)
    /// Gives the client a new secret, which the shop reads from its file.
    func rotateSecret(_ name: String) throws
    /// The latest requests that a provider received, without secrets.
    func transcript(_ name: String, limit: Int) -> [String]
}
