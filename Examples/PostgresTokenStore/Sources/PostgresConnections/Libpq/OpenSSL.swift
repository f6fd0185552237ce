import Foundation

/// The library that libpq uses for passwords and TLS.
///
/// Its exit handler frees what a thread that is connecting still uses, which crashes the process. Initialized without that handler
/// before its first use, it leaves the cleanup to the system (OpenSSL 3, `OPENSSL_init_crypto`).
enum OpenSSL {
    private typealias Initialize = @convention(c) (UInt64, UnsafeRawPointer?) -> Int32

    /// `OPENSSL_INIT_NO_ATEXIT`.
    private static let withoutExitHandler: UInt64 = 0x80000

    /// Done once; a libpq that uses another library needs nothing.
    static let hasNoExitHandler: Bool = {
        guard let symbol = dlsym(dlopen(nil, RTLD_NOW), "OPENSSL_init_crypto") else { return false }
        return unsafeBitCast(symbol, to: Initialize.self)(withoutExitHandler, nil) == 1
    }()
}
