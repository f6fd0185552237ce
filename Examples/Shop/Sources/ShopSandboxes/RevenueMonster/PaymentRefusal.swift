import OAuthDialects

/// An error of Revenue Monster's API.
///
/// Its documents list the codes; the HTTP status of each is undocumented, except 429.
struct PaymentRefusal: Error {
    /// A documented error code.
    enum Code: String {
        case amountInvalid = "PAYMENT_AMT_INVALID"
        case currencyInvalid = "PAYMENT_CURRENCY_INVALID"
        case decimalInvalid = "PAYMENT_DECIMAL_INVALID"
        case duplicateOrder = "ORDER_ID_DUPLICATE"
        case fullyRefunded = "PAYMENT_FULLY_REFUNDED"
        case invalidRequest = "INVALID_REQUEST"
        case invalidSignature = "INVALID_REQUEST_SIGNATURE"
        case invalidTimestamp = "INVALID_TIMESTAMP"
        case orderNotFound = "ORDER_NOT_EXIST"
        case otherRefundAmount = "REFUND_AMT_NOT_SAME_AS_TRANSACTION"
        case refundFailure = "REFUND_FAILURE"
        case storeNotFound = "STORE_NOT_FOUND"
        case tooManyRequests = "TOO_MANY_REQUEST_PER_SECOND"
        case transactionNotFound = "TRANSACTION_NOT_FOUND"
        case validation = "VALIDATION_ERROR"
    }

    let code: Code
    private var fields: [String: String] = [:]
    private var debug: String?

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - code: the code.
    ///   - debug: what a sandbox adds, such as the text whose signature it expected.
    init(_ code: Code, debug: String? = nil) {
        self.code = code
        self.debug = debug
    }

    /// An error about fields, each with what is wrong with it.
    static func validation(_ fields: [String: String]) -> Self {
        var refusal = Self(.validation)
        refusal.fields = fields
        return refusal
    }

    var response: WireResponse {
        var members: [String: JSON] = ["code": .string(code.rawValue), "message": .string(message)]
        if !fields.isEmpty { members["description"] = .object(fields.mapValues(JSON.string)) }
        if let debug { members["debug"] = .string(debug) }
        return .json(["error": .object(members)], status: status)
    }

    private var status: Int {
        switch code {
        case .tooManyRequests: 429
        case .orderNotFound, .storeNotFound, .transactionNotFound: 404
        case .duplicateOrder, .fullyRefunded: 409
        default: 400
        }
    }

    private var message: String {
        switch code {
        case .amountInvalid: "The amount is invalid"
        case .currencyInvalid: "The currency is invalid"
        case .decimalInvalid: "The amount is not an integer"
        case .duplicateOrder: "The order id has been used"
        case .fullyRefunded: "The payment has been refunded in full"
        case .invalidRequest: "Invalid request"
        case .invalidSignature: "The request signature is invalid"
        case .invalidTimestamp: "The timestamp is invalid"
        case .orderNotFound: "The order does not exist"
        case .otherRefundAmount: "The amount is not that of the transaction"
        case .refundFailure: "The payment can't be refunded"
        case .storeNotFound: "The store is not found"
        case .tooManyRequests: "Too many requests per second"
        case .transactionNotFound: "The transaction is not found"
        case .validation: "Validation error"
        }
    }
}
