import Testing

extension Tag {
    /// A fault that an implementation of these providers is known to fall into; the number stands in the test's comment.
    @Tag static var trap: Self
}
