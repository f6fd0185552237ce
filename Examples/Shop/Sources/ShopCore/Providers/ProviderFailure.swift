public import Foundation

/// Why a call to a provider brought no answer that says what was asked.
public enum ProviderFailure: Error, Sendable, Equatable {
    /// The provider refused, with its code; nothing was done.
    case refused(String)
    /// The request may have been processed, and its answer is not known.
    case lost
    /// The request was not processed; it may be sent again, not before the date if there is one.
    case unavailable(until: Date? = nil)
    /// The account's owner has to sign in first.
    case notConnected
    /// The answer is not what the provider documents.
    case unreadable
}
