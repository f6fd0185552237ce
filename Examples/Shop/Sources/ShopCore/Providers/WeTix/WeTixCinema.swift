import Foundation
import OAuthDialects
import RevenueMonsterSigning

/// WeTix's GraphQL API, by which a shop shows films, reserves seats, and books them.
///
/// Source: WeTix, *Queries*, *Mutations*, *Objects*, and *Examples*.
struct WeTixCinema: Sendable {
    let session: TokenSession
    let api: URL
    let clientID: String
    let key: RSASigningKey
    let clock: any SessionClock

    private struct Body<Variables: Encodable>: Encodable {
        let query: String
        let variables: Variables
    }

    private struct Envelope<Value: Decodable>: Decodable {
        struct Problem: Decodable {
            struct Extensions: Decodable { let code: String? }

            let extensions: Extensions?
        }

        let data: Value?
        let errors: [Problem]?
    }

    private struct Input<Value: Encodable>: Encodable { let input: Value }

    private struct SignedInput<Value: Encodable>: Encodable {
        let input: Value
        let signature: WeTixSignature
    }

    /// Asks a query; GraphQL reports errors at status 200, too.
    func ask<Value: Decodable>(
        _ type: Value.Type,
        _ query: String,
        _ variables: some Encodable
    ) async throws(ProviderFailure) -> Value {
        // A buyer waits for two of them in turn.
        let answer = try await ProviderCall("POST", api, within: 5)
            .answer(Envelope<Value>.self, to: Body(query: query, variables: variables), by: session)
        if let problem = answer.errors?.first { throw .refused(problem.extensions?.code ?? "no code") }
        guard let value = answer.data else { throw .unreadable }
        return value
    }

    /// Asks a query that changes nothing: without an answer it may be asked again.
    func look<Value: Decodable>(
        _ type: Value.Type,
        _ query: String,
        _ variables: some Encodable
    ) async throws(ProviderFailure) -> Value {
        do throws(ProviderFailure) { return try await ask(type, query, variables) } catch {
            throw error == .lost ? .unavailable() : error
        }
    }

    /// Runs a mutation.
    func mutate<Value: Decodable>(
        _ type: Value.Type,
        _ query: String,
        _ input: some Encodable
    ) async throws(ProviderFailure) -> Value {
        try await ask(type, query, Input(input: input))
    }

    /// Runs a mutation that WeTix wants signed.
    func mutateSigned<Value: Decodable>(
        _ type: Value.Type,
        _ mutation: String,
        _ query: String,
        _ input: some Encodable
    ) async throws(ProviderFailure) -> Value {
        let signature: WeTixSignature
        do {
            signature = try WeTixSignature(
                of: JSONEncoder().encode(input),
                mutation: mutation,
                clientID: clientID,
                key: key,
                at: clock.date
            )
        } catch {
            throw .unavailable()
        }
        return try await ask(type, query, SignedInput(input: input, signature: signature))
    }
}
