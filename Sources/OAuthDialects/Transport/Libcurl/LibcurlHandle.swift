#if os(Linux) && URLSession
internal import Foundation
internal import LibcurlLoader

/// One of libcurl's easy handles and the transfer that it carries.
///
/// The caller makes it and the driver carries it; whichever lets go last frees it. No two threads use it at once. Preparing it on the
/// caller's thread saves the driver's time, which all requests share.
///
/// It is not used again: before 8.3, a handle that has carried a transfer keeps a pointer to a header field that was freed, and
/// a response that begins with a continued field (RFC 9112, section 5.2) corrupts the memory.
@safe
final class LibcurlHandle: Sendable {
    let transfer: LibcurlTransfer
    /// The addresses of the handle, of the lines of the request's head, and of the buffer for an error's text.
    private let address: UInt
    private let lines: UInt
    private let errorText: UInt

    /// `nil` if the system has no memory for it.
    init?(_ transfer: LibcurlTransfer) {
        guard let easy = unsafe libcurl().pointee.easy_init() else { return nil }
        self.transfer = transfer
        address = UInt(bitPattern: easy)
        var lines: UnsafeMutableRawPointer?
        for line in transfer.headerLines { unsafe lines = libcurl().pointee.slist_append(lines, line) ?? lines }
        self.lines = UInt(bitPattern: lines)
        errorText = UInt(bitPattern: UnsafeMutablePointer<CChar>.allocate(capacity: 256))
        prepare()
    }

    deinit {
        // OpenSSL, which this may use, is being cleaned up.
        if LibcurlDriver.isStopping { return }
        unsafe libcurl().pointee.easy_cleanup(easy)
        unsafe libcurl().pointee.slist_free_all(UnsafeMutableRawPointer(bitPattern: lines))
        unsafe error.deallocate()
    }

    var easy: UnsafeMutableRawPointer { unsafe UnsafeMutableRawPointer(bitPattern: address)! }
    private var error: UnsafeMutablePointer<CChar> { unsafe UnsafeMutablePointer(bitPattern: errorText)! }

    /// The transfer that a handle carries.
    static func transfer(of easy: UnsafeMutableRawPointer) -> LibcurlTransfer {
        unsafe .from(UnsafeMutableRawPointer(bitPattern: libcurl_get(easy, Libcurl.Info.userData)))
    }

    /// What libcurl says about a failure.
    var message: String { unsafe String(cString: error) }

    /// The system's error number of the last attempt to connect; 0 if there was none.
    var systemError: Int32 { unsafe Int32(truncatingIfNeeded: libcurl_get(easy, Libcurl.Info.systemError)) }

    /// Whether the request had a connection of its own, with a new handshake.
    var isFirstOfConnection: Bool { unsafe libcurl_get(easy, Libcurl.Info.newConnections) > 0 }

    /// Whether bytes of the request were sent; those of a proxy's CONNECT don't count.
    var hasSent: Bool {
        unsafe libcurl_get(easy, Libcurl.Info.preTransferMicroseconds) > 0
            && libcurl_get(easy, Libcurl.Info.requestSize) > 0
    }

    /// Sets everything that a transfer needs.
    private func prepare() {
        unsafe error.pointee = 0
        unsafe set(Libcurl.Option.errorBuffer, error)
        set(Libcurl.Option.noSignal, 1)
        // http and https alone.
        set(Libcurl.Option.protocols, 3)
        set(Libcurl.Option.suppressConnectHeaders, 1)
        set(Libcurl.Option.url, transfer.url)
        prepareSecurity(transfer)
        prepareMessage(transfer)
        prepareCallbacks(transfer)
    }

    private func prepareSecurity(_ transfer: LibcurlTransfer) {
        // TLS 1.2 at least; HTTP/2 where the server offers it over TLS.
        set(Libcurl.Option.sslVersion, 6)
        set(Libcurl.Option.httpVersion, 4)
        if let file = transfer.security.caFile { set(Libcurl.Option.caFile, file) }
        // libcurl caches the certificates of a file, but not while there is a folder as well.
        if transfer.security.isFileEnough { unsafe set(Libcurl.Option.caFolder, nil as UnsafeRawPointer?) }
        if let file = transfer.security.clientCertificateFile { set(Libcurl.Option.clientCertificate, file) }
        if let file = transfer.security.clientKeyFile { set(Libcurl.Option.clientKey, file) }
        if transfer.isLoopback { set(Libcurl.Option.proxy, "") }
    }

    private func prepareMessage(_ transfer: LibcurlTransfer) {
        let request = transfer.request
        switch (request.method, request.body) {
        case ("GET", nil): set(Libcurl.Option.httpGet, 1)
        case ("HEAD", nil): set(Libcurl.Option.noBody, 1)
        case (_, nil) where request.method != "POST" && request.method != "PUT" && request.method != "PATCH":
            set(Libcurl.Option.httpGet, 1)
            set(Libcurl.Option.customRequest, request.method)
        default:
            set(Libcurl.Option.post, 1)
            set(Libcurl.Option.postFieldSize, transfer.body.count)
            set(Libcurl.Option.customRequest, request.method)
        }
        // libcurl repeats a request by itself if a kept connection ends unanswered. It can't repeat a body that it has begun
        // to read, because it can't rewind it; a request without a body gets a new connection.
        if transfer.body.isEmpty, !request.isRepeatable { set(Libcurl.Option.freshConnect, 1) }
        set(Libcurl.Option.acceptEncoding, "")
        unsafe set(Libcurl.Option.headers, UnsafeRawPointer(bitPattern: lines))
    }

    private func prepareCallbacks(_ transfer: LibcurlTransfer) {
        let user = unsafe Unmanaged.passUnretained(transfer).toOpaque()
        for option in [
            Libcurl.Option.writeData, Libcurl.Option.readData, Libcurl.Option.headerData,
            Libcurl.Option.openSocketData, Libcurl.Option.resolverStartData, Libcurl.Option.userData,
        ] { unsafe set(option, user) }
        _ = unsafe libcurl_set_data(easy, Libcurl.Option.writeFunction) { bytes, size, count, user in
            let bytes = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
            return unsafe LibcurlTransfer.from(user).receive(bytes)
        }
        _ = unsafe libcurl_set_data(easy, Libcurl.Option.headerFunction) { bytes, size, count, user in
            let line = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
            return unsafe LibcurlTransfer.from(user).receive(line: line) ? size * count : Libcurl.Signal.abort
        }
        _ = unsafe libcurl_set_data(easy, Libcurl.Option.readFunction) { bytes, size, count, user in
            let buffer = unsafe UnsafeMutableRawBufferPointer(start: bytes, count: size * count)
            return unsafe LibcurlTransfer.from(user).send(into: buffer)
        }
        _ = unsafe libcurl_set_resolver(easy, Libcurl.Option.resolverStartFunction) { _, _, user in
            unsafe LibcurlTransfer.from(user).beginResolving()
            return 0
        }
        _ = unsafe libcurl_set_socket(easy, Libcurl.Option.openSocketFunction) { user, _, address in
            guard unsafe LibcurlTransfer.from(user).endResolving() else { return -1 }
            let kind = unsafe address.pointee.type | Int32(bitPattern: SOCK_CLOEXEC.rawValue)
            return unsafe socket(address.pointee.family, kind, address.pointee.protocol)
        }
    }

    private func set(_ option: Int32, _ value: Int) { _ = unsafe libcurl_set_long(easy, option, value) }
    private func set(_ option: Int32, _ value: String) { _ = unsafe libcurl_set_pointer(easy, option, value) }
    private func set(_ option: Int32, _ value: UnsafeRawPointer?) {
        _ = unsafe libcurl_set_pointer(easy, option, value)
    }
}

extension LibcurlTransfer {
    /// The transfer whose handle calls back; the driver keeps it until the handle has been removed.
    fileprivate static func from(_ user: UnsafeMutableRawPointer?) -> LibcurlTransfer {
        unsafe Unmanaged<LibcurlTransfer>.fromOpaque(user!).takeUnretainedValue()
    }
}
#endif
