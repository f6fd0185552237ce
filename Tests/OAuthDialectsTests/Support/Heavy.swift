import Testing

/// The tests that keep a core busy for seconds, one at a time: beside them run others that go by a clock on a wall.
@Suite(.serialized)
enum Heavy {}
