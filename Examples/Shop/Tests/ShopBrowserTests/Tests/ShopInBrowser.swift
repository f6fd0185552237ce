import Testing

/// The shop as it is run, and people's clicks in Chromium; one shop after the other.
@Suite(.serialized, .enabled(if: Browser.isInstalled), .timeLimit(.minutes(5)))
struct ShopInBrowser {}
