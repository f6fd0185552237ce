import Foundation
import OAuthDialects
import OAuthDialectsTesting
import RevenueMonsterSigning
import Synchronization

/// Revenue Monster's API v3, as far as a shop with a hosted checkout needs it.
final class RevenueMonsterAPI: Sendable {
    let ledger: PaymentLedger
    private let verifier: RequestVerifier
    private let serverKey: RSASigningKey
    private let callbacks: CallbackSender
    private let storeID: String
    private let clock: any SessionClock
    private let limit: Mutex<(isOn: Bool, rate: RateLimit)>

    init(
        ledger: PaymentLedger,
        merchantKey: RSAVerifyingKey,
        serverKey: RSASigningKey,
        callbacks: CallbackSender,
        storeID: String,
        clock: any SessionClock,
        limitsLookups: Bool
    ) {
        self.ledger = ledger
        verifier = RequestVerifier(key: merchantKey)
        self.serverKey = serverKey
        self.callbacks = callbacks
        self.storeID = storeID
        self.clock = clock
        limit = Mutex((limitsLookups, RateLimit()))
    }

    /// Whether the documented limit of queries by order id applies.
    var limitsLookups: Bool {
        get { limit.withLock { $0.isOn } }
        set { limit.withLock { $0.isOn = newValue } }
    }

    /// Adds the routes to a sandbox.
    ///
    /// - Parameters:
    ///   - sandbox: the sandbox.
    ///   - page: the root of the hosted pages.
    func serve(on sandbox: ProviderSandbox, page: URL) {
        add("POST", "/v3/payment/online", to: sandbox) { api, request, date throws(PaymentRefusal) in
            let body = try CheckoutRequest(JSON(request.body?.data), storeID: api.storeID)
            let checkout = try api.ledger.open(body, at: date)
            let url = CheckoutPage.url(of: checkout.id, at: page)
            return ["checkoutId": .string(checkout.id), "url": .string(url.absoluteString)]
        }
        add("GET", "/v3/payment/online", to: sandbox) { api, request, date throws(PaymentRefusal) in
            let query = URLComponents(url: request.url, resolvingAgainstBaseURL: true)?.queryItems ?? []
            let id = query.first { $0.name == "checkoutId" }?.value ?? ""
            guard let checkout = api.ledger.checkout(id, at: date) else { throw PaymentRefusal(.orderNotFound) }
            return checkout.json
        }
        add("GET", "/v3/payment/transaction/order/*", to: sandbox) { api, request, date throws(PaymentRefusal) in
            try api.admit(request, date)
            guard let transaction = api.ledger.transaction(ofOrder: request.url.lastPathComponent) else {
                throw PaymentRefusal(.transactionNotFound)
            }
            return transaction.json
        }
        add("GET", "/v3/payment/transaction/*", to: sandbox) { api, request, _ throws(PaymentRefusal) in
            guard let transaction = api.ledger.transaction(request.url.lastPathComponent) else {
                throw PaymentRefusal(.transactionNotFound)
            }
            return transaction.json
        }
        add("POST", "/v3/payment/refund", to: sandbox) { api, request, date throws(PaymentRefusal) in
            try api.refund(JSON(request.body?.data), date)
        }
    }

    /// What a buyer does on a checkout's page.
    ///
    /// - Returns: the checkout as it stands; `nil` if there is none.
    func decide(_ decision: PaymentLedger.Decision, _ checkoutID: String) -> Checkout? {
        guard let (checkout, paid) = ledger.decide(decision, checkoutID, at: clock.date) else { return nil }
        if let paid, let url = URL(string: checkout.request.notifyURL) {
            let notice = PaymentNotice(transaction: paid, notifyURL: url, storeID: storeID, key: serverKey)
            callbacks.send("POST notifyUrl for \(paid.order.id)") { try notice.request(at: $0) }
        }
        return checkout
    }

    /// A checkout as it stands.
    func checkout(_ id: String) -> Checkout? { ledger.checkout(id, at: clock.date) }

    private func refund(_ body: JSON?, _ date: Date) throws(PaymentRefusal) -> JSON {
        guard let body, case .object = body else { throw .validation(["body": "is not a JSON object"]) }
        var reader = FieldReader(body)
        let id = reader.text("transactionId")
        _ = reader.choice("refund.type", of: ["FULL"])
        let currency = reader.text("refund.currencyType")
        _ = reader.text("reason")
        let amount = try reader.amount("refund.amount")
        guard reader.problems.isEmpty else { throw .validation(reader.problems) }
        guard currency == "MYR" else { throw PaymentRefusal(.currencyInvalid) }
        return try ledger.refund(id, amount: amount, at: date).json
    }

    private func admit(_ request: WireRequest, _ date: Date) throws(PaymentRefusal) {
        let isAdmitted = limit.withLock {
            $0.isOn ? $0.rate.admits(request.headers["Authorization"] ?? "", at: date) : true
        }
        // The documents state the status only.
        guard isAdmitted else { throw PaymentRefusal(.tooManyRequests) }
    }

    private func add(
        _ method: String,
        _ path: String,
        to sandbox: ProviderSandbox,
        _ answer: @escaping @Sendable (RevenueMonsterAPI, WireRequest, Date) throws(PaymentRefusal) -> JSON
    ) {
        sandbox.stub(method, path) { [self] request in
            do throws(PaymentRefusal) {
                let date = clock.date
                try verifier.verify(request, at: date)
                return .json(["item": try answer(self, request, date), "code": "SUCCESS"])
            } catch {
                return error.response
            }
        }
    }
}
