#if os(Linux) && URLSession
/// The numbers of libcurl's stable ABI, by their names in `curl.h`.
extension Libcurl {
    enum Option {
        static let sslVersion: Int32 = 32
        static let noBody: Int32 = 44
        static let post: Int32 = 47
        static let freshConnect: Int32 = 74
        static let httpGet: Int32 = 80
        static let httpVersion: Int32 = 84
        static let noSignal: Int32 = 99
        static let protocols: Int32 = 181
        static let suppressConnectHeaders: Int32 = 265
        static let writeData: Int32 = 10001
        static let url: Int32 = 10002
        static let proxy: Int32 = 10004
        static let readData: Int32 = 10009
        static let errorBuffer: Int32 = 10010
        static let headers: Int32 = 10023
        static let clientCertificate: Int32 = 10025
        static let headerData: Int32 = 10029
        static let customRequest: Int32 = 10036
        static let caFile: Int32 = 10065
        static let clientKey: Int32 = 10087
        static let caFolder: Int32 = 10097
        static let acceptEncoding: Int32 = 10102
        static let userData: Int32 = 10103
        static let openSocketData: Int32 = 10164
        static let resolverStartData: Int32 = 10273
        static let writeFunction: Int32 = 20011
        static let readFunction: Int32 = 20012
        static let headerFunction: Int32 = 20079
        static let openSocketFunction: Int32 = 20163
        static let resolverStartFunction: Int32 = 20272
        static let postFieldSize: Int32 = 30120
    }

    /// The version that reads a CA file once for many connections (`CURLOPT_CA_CACHE_TIMEOUT`).
    static let firstWithCACache: UInt32 = 0x07_57_00

    /// The version whose writes raise no signal when the server has closed the connection.
    static let firstWithoutSignals: UInt32 = 0x07_57_00

    enum MultiOption {
        static let pipelining: Int32 = 3
        static let maximumKeptConnections: Int32 = 6
    }

    enum Info {
        static let userData: Int32 = 0x100000 + 21
        static let requestSize: Int32 = 0x200000 + 12
        static let systemError: Int32 = 0x200000 + 25
        static let newConnections: Int32 = 0x200000 + 26
        static let preTransferMicroseconds: Int32 = 0x600000 + 53
    }

    /// What a data callback returns to end the transfer, or to wait.
    enum Signal {
        static let abort = 0x1000_0000
        static let pause = 0x1000_0001
    }
}
#endif
