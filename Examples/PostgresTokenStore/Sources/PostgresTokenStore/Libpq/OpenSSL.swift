import Foundation

/// The library beneath libpq that hashes its passwords and carries its TLS.
///
/// It cleans up when the process exits, beneath whatever thread is connecting at that moment, which then crashes. Told so before
/// its first use, it leaves that to the system (OpenSSL 3, `OPENSSL_init_crypto`).
enum OpenSSL {
    private typealias Initialise = @convention(c) (UInt64, UnsafeRawPointer?) -> Int32

    /// `OPENSSL_INIT_NO_ATEXIT`.
    private static let withoutCleaningUp: UInt64 = 0x80000

    /// Done once; a libpq with another library beneath it needs nothing.
    static let leavesExitAlone: Bool = {
        guard let symbol = dlsym(dlopen(nil, RTLD_NOW), "OPENSSL_init_crypto") else { return false }
        return unsafeBitCast(symbol, to: Initialise.self)(withoutCleaningUp, nil) == 1
    }()
}
