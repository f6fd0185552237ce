/// What a store has to tell of besides failing: the session that called it makes an event of it.
package enum StoreNotice {
    @TaskLocal package static var listener: (@Sendable (TokenError) -> Void)?

    package static func report(_ notice: TokenError) {
        listener?(notice)
    }
}
