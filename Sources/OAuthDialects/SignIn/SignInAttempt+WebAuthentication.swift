#if canImport(AuthenticationServices) && !os(tvOS) && !os(watchOS)
public import AuthenticationServices
public import Foundation

extension SignInAttempt {
    /// Shows the provider's page in the system's own browser sheet, and comes back with the callback for ``grant(in:at:)``.
    ///
    /// For an app's own scheme, or an https redirect URI that the app is associated with.
    ///
    /// - Parameters:
    ///   - presenter: says which window the sheet belongs to.
    ///   - isEphemeral: whether the sheet knows nothing of the person's other sign-ins, and leaves nothing behind.
    /// - Returns: the callback.
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/signInDeclined`` if the person closes the sheet,
    ///   ``TokenError/Code/unavailable`` if it can't be shown; `CancellationError` if the task is cancelled.
    @MainActor
    public func callback(
        presentedBy presenter: any ASWebAuthenticationPresentationContextProviding,
        isEphemeral: Bool = true
    ) async throws -> URL {
        let sheet = SignInSheet(presenter)
        return try await withTaskCancellationHandler {
            try Task.checkCancellation()
            return try await sheet.show(url, until: try expectedCallback(), isEphemeral: isEphemeral)
        } onCancel: {
            Task { @MainActor in sheet.cancel() }
        }
    }

    private func expectedCallback() throws -> ASWebAuthenticationSession.Callback {
        guard let uri = URL(string: redirectURI), let scheme = uri.scheme else {
            throw TokenError(.invalidRequest, "The redirect URI is not a URL.")
        }
        guard ASCII.lowercase(scheme) == "https" else { return .customScheme(scheme) }
        return .https(host: uri.host() ?? "", path: uri.path().isEmpty ? "/" : uri.path())
    }
}

/// The sheet while it is shown.
@MainActor
private final class SignInSheet {
    private let presenter: any ASWebAuthenticationPresentationContextProviding
    private var session: ASWebAuthenticationSession?
    private var continuation: CheckedContinuation<URL, any Error>?

    init(_ presenter: any ASWebAuthenticationPresentationContextProviding) {
        self.presenter = presenter
    }

    func show(
        _ url: URL,
        until callback: ASWebAuthenticationSession.Callback,
        isEphemeral: Bool
    ) async throws -> URL {
        try await withCheckedThrowingContinuation { continuation in
            guard !Task.isCancelled else { return continuation.resume(throwing: CancellationError()) }
            self.continuation = continuation
            // Not isolated: the system does not say on which thread it calls.
            let session = ASWebAuthenticationSession(url: url, callback: callback) { @Sendable url, error in
                let result = url.map(Result.success) ?? .failure(Self.failure(error))
                Task { @MainActor in self.end(result) }
            }
            session.presentationContextProvider = presenter
            session.prefersEphemeralWebBrowserSession = isEphemeral
            self.session = session
            if !session.start() { end(.failure(Self.failure(nil))) }
        }
    }

    func cancel() {
        session?.cancel()
        end(.failure(CancellationError()))
    }

    private func end(_ result: Result<URL, any Error>) {
        continuation?.resume(with: result)
        continuation = nil
        session = nil
    }

    private nonisolated static func failure(_ error: (any Error)?) -> any Error {
        if (error as? ASWebAuthenticationSessionError)?.code == .canceledLogin {
            return TokenError(.signInDeclined, "The user closed the sign-in page.")
        }
        return TokenError(
            .unavailable,
            "The sign-in page could not be shown.",
            underlying: error.map(UnderlyingError.init)
        )
    }
}
#endif
