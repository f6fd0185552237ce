#if URLSession
public import Foundation
public import OAuthDialects

#if canImport(FoundationNetworking)
public import FoundationNetworking
#endif

extension TokenSession {
    /// An API's answer, decoded from JSON.
    ///
    /// An answer of status 2xx counts as a success if it can be decoded; if its body is empty, an optional type decodes as `nil`.
    ///
    /// - Parameters:
    ///   - type: the type to decode.
    ///   - request: the request; an `Accept` header is added unless it has one.
    ///   - policy: how to repeat a request that is safe to repeat; `nil` sends it once.
    ///   - decoder: decodes the answer.
    /// - Returns: the decoded value.
    /// - Throws: ``APIError`` for every other answer; `TokenError` if there is no answer, or a user has to
    ///   sign in; `CancellationError` if the task is cancelled.
    public func json<Value: Decodable>(
        _ type: Value.Type,
        for request: URLRequest,
        repeating policy: RepeatPolicy? = nil,
        decoder: JSONDecoder = JSONDecoder()
    ) async throws -> Value {
        let answer = try await answer(to: request.accepting("application/json"), repeating: policy)
        guard answer.isSuccess else { throw APIError(answer) }
        if answer.response.body.isEmpty, let type = type as? any ExpressibleByNilLiteral.Type,
            let none = type.init(nilLiteral: ()) as? Value
        {
            return none
        }
        do { return try decoder.decode(type, from: answer.response.body) } catch {
            throw APIError(answer, decodingFailure: DecodingPlace.text(of: error))
        }
    }

    /// The JSON at an API's URL, as ``json(_:for:repeating:decoder:)`` says.
    public func json<Value: Decodable>(
        _ type: Value.Type,
        from url: URL,
        repeating policy: RepeatPolicy? = nil,
        decoder: JSONDecoder = JSONDecoder()
    ) async throws -> Value {
        try await json(type, for: URLRequest(url: url), repeating: policy, decoder: decoder)
    }

    /// An API's answer to a request with a JSON body, as ``json(_:for:repeating:decoder:)`` says.
    ///
    /// - Parameters:
    ///   - type: the type to decode.
    ///   - request: the request, with a method that has a body; a `Content-Type` header is added unless it has one.
    ///   - body: the value that becomes the body.
    ///   - policy: how to repeat a request that is safe to repeat; `nil` sends it once.
    ///   - encoder: encodes the body.
    ///   - decoder: decodes the answer.
    /// - Returns: the decoded value.
    /// - Throws: the same errors, and `TokenError` with the delivery `.notSent` if the body can't be encoded.
    public func json<Value: Decodable>(
        _ type: Value.Type,
        for request: URLRequest,
        body: some Encodable,
        repeating policy: RepeatPolicy? = nil,
        encoder: JSONEncoder = JSONEncoder(),
        decoder: JSONDecoder = JSONDecoder()
    ) async throws -> Value {
        let request = try request.carrying(body, encoder)
        return try await json(type, for: request, repeating: policy, decoder: decoder)
    }

    /// The contents of an API's URL, as `data(for:)` returns them: with any status.
    public func data(from url: URL) async throws -> (Data, HTTPURLResponse) {
        try await data(for: URLRequest(url: url))
    }

    /// The contents of an API's URL, requested again as the policy has it; the last answer is returned, with any status.
    ///
    /// - Throws: `TokenError`; `CancellationError` if the task is cancelled.
    public func data(for request: URLRequest, repeating policy: RepeatPolicy) async throws -> (Data, HTTPURLResponse) {
        let answer = try await answer(to: request, repeating: policy)
        return (answer.response.body, try response(answer.response, from: answer.url, to: answer.request))
    }
}

extension URLRequest {
    fileprivate func accepting(_ type: String) -> Self {
        var request = self
        if value(forHTTPHeaderField: "Accept") == nil { request.setValue(type, forHTTPHeaderField: "Accept") }
        return request
    }

    /// The request with a body; an error of the encoder is not kept, because it has the value in it.
    fileprivate func carrying(_ body: some Encodable, _ encoder: JSONEncoder) throws -> Self {
        guard !["GET", "HEAD"].contains(httpMethod ?? "GET") else {
            throw TokenError(
                .invalidRequest,
                "A \(httpMethod ?? "GET") request has no body; nothing was sent.",
                hint: "Set the httpMethod of the request.",
                delivery: .notSent
            )
        }
        var request = self
        request.httpBodyStream = nil
        do { request.httpBody = try encoder.encode(body) } catch {
            throw TokenError(
                .invalidRequest,
                "The body of type \(Swift.type(of: body)) could not be encoded; nothing was sent.",
                delivery: .notSent
            )
        }
        if value(forHTTPHeaderField: "Content-Type") == nil {
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        }
        return request
    }
}
#endif
